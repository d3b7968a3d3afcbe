import { z } from 'zod'
import type { CallShape, StreamShape } from './shapes.ts'

export const BURST_JOBS = [20, 40, 80] as const
export const BURST_JOB_MS = [50, 100, 200] as const

export const burstSchema = z.object({
  jobs: z.literal(BURST_JOBS),
  /** What each job takes the worker, one at a time. */
  jobMs: z.literal(BURST_JOB_MS),
  /** Half-way the worker dies, and comes back. */
  dies: z.boolean(),
})
export type Burst = z.infer<typeof burstSchema>

/** Milliseconds since the burst began; null: not yet. One for each job, in the order of asking. */
const momentsSchema = z.array(z.number().int().min(0).nullable())
const awaySchema = z.object({ fromMs: z.number().int(), toMs: z.number().int().nullable() }).nullable()

const sideSchema = z.object({
  asked: momentsSchema,
  /** The answer, or that there will be none. */
  answered: momentsSchema,
  /** Which of them failed, by index. */
  failed: z.array(z.number().int()),
  done: momentsSchema,
  /** Times that a job was worked on again. */
  repeated: z.number().int(),
  /** While there was no worker. */
  away: awaySchema,
})
export type BurstSide = z.infer<typeof sideSchema>

export const burstStateSchema = burstSchema.extend({
  over: z.boolean(),
  nowMs: z.number().int(),
  http: sideSchema.extend({
    /** Of the worker, on the machine of this instance; it says at `/count` what it has done. */
    url: z.string(),
  }),
  queue: sideSchema.extend({
    /** As the product calls them. */
    topic: z.string(),
    group: z.string(),
    /** What the group goes on with. */
    committed: z.number().int(),
  }),
})
export type BurstState = z.infer<typeof burstStateSchema>

export const queueCalls = {
  /** Resolves when both workers are there and the burst begins. One at a time for each visitor. */
  'queue:start': { input: burstSchema, answer: z.object({}) },
} as const satisfies Record<string, CallShape>

export const queueStreams = {
  /** The visitor's own burst, the last one; nothing before the first. */
  'queue:burst': { input: z.object({}), event: burstStateSchema },
} as const satisfies Record<string, StreamShape>
