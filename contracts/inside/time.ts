import { z } from 'zod'
import { deliveryIdSchema } from '../delivery.ts'
import { locationSchema } from '../location.ts'
import { epochMsSchema } from '../time.ts'
import { offsetSchema, partitionSchema } from './journey.ts'
import type { CallShape, StreamShape } from './shapes.ts'

const ofDelivery = z.object({ deliveryId: deliveryIdSchema })

/** A point of the delivery where it lies in the log. */
export const logPointSchema = z.object({
  offset: offsetSchema,
  /** The record's own time. */
  timestampMs: epochMsSchema,
  location: locationSchema,
})
export type LogPoint = z.infer<typeof logPointSchema>

export const logEdgesSchema = z.object({
  /** Where the delivery's key leads. */
  partition: partitionSchema,
  /** The first record that is still there. */
  low: offsetSchema,
  /** The offset that the next record will get. */
  high: offsetSchema,
  /** What the group `history` has committed: it has read all before. null before its first commit. */
  committed: offsetSchema.nullable(),
  /** Nothing of the delivery lies before. */
  firstOffset: offsetSchema,
  nowMs: epochMsSchema,
})
export type LogEdges = z.infer<typeof logEdgesSchema>

/** The lever leaves at least so many records, and at most. */
const keepSchema = z.number().int().min(1).max(1_000)

export const timeCalls = {
  /** The delivery's points from an offset on, and where to go on; the offset asked for when that was the end. */
  'time:points': {
    input: ofDelivery.extend({ fromOffset: offsetSchema }),
    answer: z.object({ points: z.array(logPointSchema), nextOffset: offsetSchema }),
  },
  /** Kafka's answer: the first record of the delivery's partition that is not older; the end when there is none. */
  'time:offset-at': {
    input: ofDelivery.extend({ timeMs: epochMsSchema }),
    answer: z.object({ offset: offsetSchema }),
  },
  /** Demo only. Retention takes all but the last records of the delivery's partition, if the history has stored them. */
  'time:retain': {
    input: ofDelivery.extend({ keep: keepSchema }),
    answer: z.object({ low: offsetSchema }),
  },
} as const satisfies Record<string, CallShape>

export const timeStreams = {
  'time:log': { input: ofDelivery, event: logEdgesSchema },
} as const satisfies Record<string, StreamShape>
