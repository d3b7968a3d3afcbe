import { z } from 'zod'
import { latLngSchema, latSchema, lngSchema } from './place.ts'
import { epochMsSchema } from './time.ts'

/** An order is one body, so its route is bounded: a point every 50 m for 100 km. */
const MAX_ROUTE_POINTS = 2_000

// Control characters, halves of a surrogate pair, line separators, and what turns the direction of the words around it.
const LINE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u
const LINES = /^(?:[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]|[\t\n\r])*$/u

const text = (most: number, allowed: RegExp, what: string) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(allowed, `Only ${what} without control characters.`)
    .regex(/\S/, 'There is nothing in it to read.')
const nameSchema = text(100, LINE, 'one line of text')

/** As people write it: digits, +, spaces, hyphens and brackets. */
const phoneSchema = z
  .string()
  .max(32)
  .regex(/^[0-9+() -]*$/, 'A phone number has digits, +, spaces, - and brackets only.')
  .regex(/^(?:[^0-9]*[0-9]){3,20}[^0-9]*$/, 'A phone number has 3 to 20 digits.')

/** The shop's own number of its order. The same one again is the same order. */
export const externalIdSchema = text(100, LINE, 'one line of text')

/** Why a delivery was cancelled or has failed. */
export const reasonSchema = text(300, LINE, 'one line of text')

const orderPlaceSchema = z.strictObject({
  name: text(200, LINE, 'one line of text'),
  lat: latSchema,
  lng: lngSchema,
})
const personSchema = z.strictObject({ name: nameSchema.optional(), phone: phoneSchema.optional() })

const orderSchema = z.strictObject({
  externalId: externalIdSchema.optional(),
  store: orderPlaceSchema.extend({ phone: phoneSchema.optional() }),
  destination: orderPlaceSchema,
  rider: personSchema.optional(),
  customer: personSchema.optional(),
  /** For the rider alone. */
  note: text(1_000, LINES, 'text').optional(),
  /** The way from the store to the destination, where it is known. */
  route: z.array(latLngSchema).min(2).max(MAX_ROUTE_POINTS).optional(),
  /** When the order was promised to be there. */
  promisedAtMs: epochMsSchema.optional(),
  /** Whether the rider has to ask for a number that only the customer's page shows. */
  pin: z.boolean().optional(),
})

export type Order = z.infer<typeof orderSchema>

/** `POST /api/deliveries`: an order, or one of the demo's prepared deliveries; with neither, any of these. */
export const createDeliveryBodySchema = orderSchema
  .partial()
  .extend({ scenario: z.string().min(1).max(64).optional() })
  .superRefine(({ scenario, ...order }, context) => {
    const wrong = (member: string, message: string) =>
      context.addIssue({ code: 'custom', path: [member], message })
    const isOrder = Object.values(order).some((member) => member !== undefined)
    if (!isOrder) return
    if (scenario !== undefined) wrong('scenario', 'A prepared delivery has its own places: send it alone.')
    else if (order.store === undefined) wrong('store', 'An order names its store.')
    else if (order.destination === undefined) wrong('destination', 'An order names its destination.')
  })
export type CreateDeliveryBody = z.infer<typeof createDeliveryBodySchema>
