import { z } from 'zod'
import { deliveryIdSchema } from './delivery.ts'
import { latSchema, lngSchema } from './place.ts'
import { epochMsSchema } from './time.ts'

/** What a column of PostgreSQL's `integer` holds. */
export const MAX_SEQ = 2_147_483_647

/** The rider's own number of a point, per delivery: 1, 2, 3… Together with the delivery id it is the point's identity. */
export const seqSchema = z.number().int().min(1).max(MAX_SEQ)

/** What a ride can count to: a day at one reading a second is 86,400. */
export const MAX_RIDE_SEQ = 100_000
/** A device that was offline for hours is ahead of the server by what it kept, and by no more than this. */
export const MAX_SEQ_AHEAD = 10_000

export const MAX_ACCURACY_M = 100_000
export const MAX_HEADING_DEG = 360
export const MAX_SPEED_MPS = 1_000

/** A fix: one position reading of the rider's device, after domain/read-fix.ts has judged its optional fields. */
export const fixSchema = z.object({
  seq: seqSchema,
  lat: latSchema,
  lng: lngSchema,
  /** The device's clock when the position was captured. Used for freshness only, never for order. */
  recordedAtMs: epochMsSchema,
  /** Radius of 95 % confidence, metres (W3C Geolocation API, `GeolocationCoordinates.accuracy`). */
  accuracyM: z.number().min(0).max(MAX_ACCURACY_M).optional(),
  /** Degrees clockwise from true north; 360 is accepted because devices send it. */
  headingDeg: z.number().min(0).max(MAX_HEADING_DEG).optional(),
  /** Metres per second. */
  speedMps: z.number().min(0).max(MAX_SPEED_MPS).optional(),
})
export type Fix = z.infer<typeof fixSchema>

/**
 * A fix as it is posted. Devices put all kinds of things into the optional fields (−1, null, 1e9) to say that a value is
 * not known: a point is not refused for that. Number, position and time have to be right.
 */
export const reportedFixSchema = fixSchema.extend({
  seq: seqSchema.max(MAX_RIDE_SEQ, `A ride has numbers from 1 to ${MAX_RIDE_SEQ}.`),
  accuracyM: z.unknown().optional(),
  headingDeg: z.unknown().optional(),
  speedMps: z.unknown().optional(),
})
export type ReportedFix = z.infer<typeof reportedFixSchema>

/** In how many milliseconds the rider's next report is wanted. */
export const nextReportMsSchema = z.number().int().min(1_000).max(15_000)

/** A fix that the server accepted. */
export const locationSchema = fixSchema.extend({
  deliveryId: deliveryIdSchema,
  /** The server's clock when the fix came in. */
  receivedAtMs: epochMsSchema,
  /** A place that was not believed (see domain/implausible.ts): part of the history, never shown as where the rider is. */
  implausible: z.literal(true).optional(),
})
export type Location = z.infer<typeof locationSchema>
