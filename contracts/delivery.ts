import { z } from 'zod'
import { externalIdSchema } from './order.ts'
import { latLngSchema, placeSchema } from './place.ts'
import { epochMsSchema } from './time.ts'

export const deliveryStatusSchema = z.enum([
  'accepted',
  'picked_up',
  'arriving',
  'delivered',
  'cancelled',
  'failed',
])
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>

/** Printable ASCII: it stands in addresses, Kafka keys and database columns alike. */
export const deliveryIdSchema = z.string().regex(/^[!-~]{1,64}$/)

/** What a rider's device calls itself. Printable ASCII without spaces at its ends, which a header would lose. */
export const deviceIdSchema = z.string().regex(/^[!-~](?:[ -~]{0,62}[!-~])?$/)

export const deliverySchema = z.object({
  id: deliveryIdSchema,
  /** The shop's own number of its order. */
  externalId: externalIdSchema.optional(),
  status: deliveryStatusSchema,
  store: placeSchema,
  destination: placeSchema,
  /** Empty when the order names no rider. */
  rider: z.object({ name: z.string() }),
  /** The planned way from the store to the destination. */
  route: z.array(latLngSchema),
  /** Whether `route` follows streets; otherwise it is the straight line. */
  routed: z.boolean(),
  promisedAtMs: epochMsSchema.optional(),
  createdAtMs: epochMsSchema,
  /** When `status` was entered. */
  statusAtMs: epochMsSchema,
  /** Why it was cancelled or has failed. */
  reason: z.string().optional(),
})
export type Delivery = z.infer<typeof deliverySchema>
