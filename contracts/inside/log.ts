import { z } from 'zod'
import type { CallShape, StreamShape } from './shapes.ts'

const offsetSchema = z.number().int().min(0)
/** By partition; null where a group has none. */
const offsetsSchema = z.array(offsetSchema.nullable())

const lanePartitionSchema = z.object({
  /** The oldest record that retention has left, and the offset that the next one gets. */
  low: offsetSchema,
  high: offsetSchema,
  /** The first offset of each segment file; null where the broker does not tell. */
  segments: z.array(offsetSchema).nullable(),
})

const groupMemberSchema = z.object({
  /** As the broker calls it. */
  id: z.string(),
  clientId: z.string(),
  /** A worker of this instance that the page has started. */
  extra: z.boolean(),
  /** Those of this topic; none while the group rebalances. */
  partitions: z.array(z.number().int().min(0)),
})

const logGroupSchema = z.object({
  id: z.string(),
  /** As the broker says it: Stable, PreparingRebalance, CompletingRebalance, Empty, Dead. */
  state: z.string(),
  members: z.array(groupMemberSchema),
  /** What the group has committed; null where that is nothing, as of a group that never commits or has read nothing yet. */
  committed: offsetsSchema.nullable(),
  /** What the members on this instance will read next; null for a group without one. */
  positions: offsetsSchema.nullable(),
})
export type LogGroup = z.infer<typeof logGroupSchema>

export const logStateSchema = z.object({
  topic: z.string(),
  /** All that can be watched. */
  topics: z.array(z.string()),
  /** By number. Empty once the topic has gone. */
  partitions: z.array(lanePartitionSchema),
  groups: z.array(logGroupSchema),
  /** How long the broker keeps a record of this topic; null where it is for ever, or not told. */
  retentionMs: z.number().int().positive().nullable(),
  /** For how many days after its end the database keeps the positions of a delivery, and the delivery. */
  kept: z.object({ locationDays: z.number().int(), deliveryDays: z.number().int() }),
  /** Workers of the group `history` that the page has started on this instance, and when each stops by itself. */
  extraWorkers: z.array(z.object({ endsAtMs: z.number() })),
})
export type LogState = z.infer<typeof logStateSchema>

export const MOST_EXTRA_WORKERS = 2

export const logCalls = {
  /** One more member of the group `history`, on this instance, for two minutes. Answers once it has joined. */
  'log:start-worker': { input: z.object({}), answer: z.object({ workers: z.number().int() }) },
  /** Stops the one that was started last. */
  'log:stop-worker': { input: z.object({}), answer: z.object({ workers: z.number().int() }) },
} as const satisfies Record<string, CallShape>

export const logStreams = {
  /** A topic and the groups that read it, about once a second, more often while a group rebalances. */
  'log:state': { input: z.object({ topic: z.string().min(1).max(249) }), event: logStateSchema },
} as const satisfies Record<string, StreamShape>
