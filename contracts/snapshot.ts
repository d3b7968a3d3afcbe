import { z } from 'zod'
import { deliverySchema } from './delivery.ts'
import { locationSchema, nextReportMsSchema } from './location.ts'
import { epochMsSchema } from './time.ts'

/** Arrival as an honest range, both ends epoch milliseconds. */
export const etaSchema = z.object({ fromMs: epochMsSchema, toMs: epochMsSchema })
export type Eta = z.infer<typeof etaSchema>

/** All that a page needs to draw itself before the stream goes on. */
export const snapshotSchema = z.object({
  delivery: deliverySchema,
  /** The newest location by seq; null when there is none, or none that the reader may see. */
  lastLocation: locationSchema.nullable(),
  eta: etaSchema.nullable(),
  /** The highest accepted seq; 0 when there is none, or none that the reader may know of. */
  lastSeq: z.number().int().min(0),
  /** To the customer, until the end: what the rider asks for at the door. */
  pin: z.string().optional(),
  /** To the rider, until the end: the order is handed over for the customer's PIN. */
  asksPin: z.literal(true).optional(),
  /** To the rider, until the end: as the answer to a post of locations says it. */
  nextReportMs: nextReportMsSchema.optional(),
  /** To the rider, until the end, and to dispatch. */
  note: z.string().optional(),
  customer: z.object({ name: z.string() }).optional(),
  /** To the customer the shop's, to the rider the shop's and the customer's, until the end; to dispatch all. */
  phones: z
    .object({
      store: z.string().optional(),
      customer: z.string().optional(),
      rider: z.string().optional(),
    })
    .optional(),
})
export type Snapshot = z.infer<typeof snapshotSchema>

/** A delivery in a list: without its route, with where its rider is. */
export const summarySchema = deliverySchema.omit({ route: true }).extend({
  lastLocation: locationSchema.nullable(),
  eta: etaSchema.nullable(),
})
export type Summary = z.infer<typeof summarySchema>
