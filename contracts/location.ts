import { z } from 'zod'
import { deliveryIdSchema } from './delivery.ts'
import { latSchema, lngSchema } from './place.ts'
import { epochMsSchema } from './time.ts'

/** The rider's own number of a point, per delivery: 1, 2, 3… Together with the delivery id it is the point's identity. */
export const seqSchema = z.number().int().min(1).max(2_147_483_647)

/** A fix: one position reading as the rider's device made it. */
export const fixSchema = z.object({
  seq: seqSchema,
  lat: latSchema,
  lng: lngSchema,
  /** The device's clock when the position was captured. Used for freshness only, never for order. */
  recordedAtMs: epochMsSchema,
  /** Radius of 95 % confidence, metres (W3C Geolocation API, `GeolocationCoordinates.accuracy`). */
  accuracyM: z.number().min(0).max(100_000).optional(),
  /** Degrees clockwise from true north; 360 is accepted because devices send it. */
  headingDeg: z.number().min(0).max(360).optional(),
  /** Metres per second. */
  speedMps: z.number().min(0).max(1_000).optional(),
})
export type Fix = z.infer<typeof fixSchema>

/** A fix that the server accepted. */
export const locationSchema = fixSchema.extend({
  deliveryId: deliveryIdSchema,
  /** The server's clock when the fix came in. */
  receivedAtMs: epochMsSchema,
})
export type Location = z.infer<typeof locationSchema>
