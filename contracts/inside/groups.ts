import { z } from 'zod'
import type { CallShape, StreamShape } from './shapes.ts'

export const LAB_GROUPS = ['A', 'B'] as const
export const LAB_LIMITS = { partitions: 8, members: 8, threads: 4, slowMs: 2_000, messages: 600 } as const
/** How much of the end of each partition is told record by record. */
export const LAB_WINDOW = 24

const groupNameSchema = z.enum(LAB_GROUPS)
const commitSchema = z.enum(['auto', 'after', 'before'])
const count = z.number().int().min(0)
const memberNumberSchema = z.object({ number: z.number().int().min(1) })

const labMemberSchema = z.object({
  /** 1, 2, 3 … in the order of their starts. */
  number: z.number().int(),
  group: groupNameSchema,
  commit: commitSchema,
  threads: z.number().int(),
  slowMs: z.number().int(),
  /** `idle`: it has joined, and there is no partition for it. */
  state: z.enum(['joining', 'idle', 'working', 'stopped', 'crashed']),
  /** As the broker calls it; null before it has joined. */
  id: z.string().nullable(),
  partitions: z.array(count),
  /** Messages that it has begun, and finished. */
  begun: count,
  done: count,
})
export type LabMemberState = z.infer<typeof labMemberSchema>

/** A message, as one group sees it: waits, is worked on, done, done and committed, begun again and done, lost. */
export const LAB_MARKS = {
  waiting: '.',
  working: 'w',
  done: 'd',
  committed: 'c',
  repeated: 'r',
  lost: 'x',
} as const

const labGroupSchema = z.object({
  name: groupNameSchema,
  /** As the broker calls it, and says that it is. */
  id: z.string(),
  state: z.string(),
  /** What the broker holds as committed, by partition; null before the first commit. */
  committed: z.array(count.nullable()),
  /** Members of the group, as the broker sees it, that have a partition, and all. */
  membersWithPartitions: count,
  members: count,
  /** Messages begun once and finished; begun more than once; committed but never finished. */
  once: count,
  repeated: count,
  lost: count,
  /** By partition: of the newest messages, a mark of LAB_MARKS each, and who began it last (its number, base 36, or '.'). */
  marks: z.array(z.object({ from: count, marks: z.string(), by: z.string() })),
})
export type LabGroupState = z.infer<typeof labGroupSchema>

export const labStateSchema = z.object({
  topic: z.string(),
  endsAtMs: z.number(),
  trickling: z.boolean(),
  sent: count,
  /** The offset that the next record of each partition gets. */
  ends: z.array(count),
  members: z.array(labMemberSchema),
  groups: z.array(labGroupSchema),
})
export type LabState = z.infer<typeof labStateSchema>

const nothing = z.object({})

/** A visitor has one lab, and only its own. */
export const groupsCalls = {
  /** A new one takes the place of the one before. */
  'lab:open': {
    input: z.object({ partitions: z.number().int().min(1).max(LAB_LIMITS.partitions) }),
    answer: z.object({ topic: z.string() }),
  },
  'lab:close': { input: nothing, answer: nothing },
  'lab:start-member': {
    input: z.object({
      group: groupNameSchema,
      commit: commitSchema,
      /** Partitions worked on at the same time. */
      threads: z.number().int().min(1).max(LAB_LIMITS.threads),
      /** How long the work on one message takes. */
      slowMs: z.number().int().min(0).max(LAB_LIMITS.slowMs),
    }),
    answer: memberNumberSchema,
  },
  /** Parts from the group. */
  'lab:stop-member': { input: memberNumberSchema, answer: nothing },
  /** Dies without a word. */
  'lab:crash-member': { input: memberNumberSchema, answer: nothing },
  'lab:send': {
    input: z.object({ count: z.number().int().min(1).max(24) }),
    answer: z.object({ sent: count }),
  },
  /** Five messages a second, until they are no longer wanted. */
  'lab:trickle': { input: z.object({ on: z.boolean() }), answer: nothing },
} as const satisfies Record<string, CallShape>

export const groupsStreams = {
  /** The visitor's own lab, at most four times a second; null while there is none. */
  'lab:state': { input: nothing, event: z.object({ lab: labStateSchema.nullable() }) },
} as const satisfies Record<string, StreamShape>
