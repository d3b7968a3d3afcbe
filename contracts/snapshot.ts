import { z } from 'zod'
import { deliverySchema } from './delivery.ts'
import { locationSchema } from './location.ts'
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
})
export type Snapshot = z.infer<typeof snapshotSchema>
