import { z } from 'zod'
import { epochMsSchema } from '../time.ts'
import { toldWebhookSchema, WEBHOOK_TYPES } from '../webhook.ts'
import type { CallShape, StreamShape } from './shapes.ts'

/** So long a reader stays, and so long a receiver that was told to fails. */
export const READER_LASTS_MS = 5 * 60_000
export const RECEIVER_FAILS_MS = 45_000

/** One request, as the receiver has printed it. */
const receivedSchema = z.object({
  /** The first is 1. */
  number: z.number().int(),
  atMs: epochMsSchema,
  /** The header `webhook-id`. */
  id: z.string(),
  type: z.enum(WEBHOOK_TYPES).nullable(),
  deliveryId: z.string().nullable(),
  /** How many times it has had this id. */
  attempt: z.number().int(),
  /** By the library of the specification. */
  verified: z.boolean(),
  answered: z.number().int(),
})
export type ReceivedWebhook = z.infer<typeof receivedSchema>

const waitingSchema = toldWebhookSchema
  .pick({ id: true, type: true, attempts: true, lastAnswer: true })
  .extend({
    deliveryId: z.string(),
    /** null: it is being tried, or waits for the one before it. */
    nextAttemptInMs: z.number().int().nullable(),
  })
export type WaitingWebhook = z.infer<typeof waitingSchema>

const readerStateSchema = z.object({
  /** null: there is none; what the last one has received stays. */
  reader: z
    .object({
      groups: z.array(z.string()),
      url: z.string(),
      endsInMs: z.number().int(),
      failsForMs: z.number().int().nullable(),
    })
    .nullable(),
  requests: z.number().int(),
  /** Events that it has answered 2xx. */
  taken: z.number().int(),
  /** The newest first. */
  received: z.array(receivedSchema),
  waiting: z.array(waitingSchema),
  /** Also those that are not in the list. */
  waitingCount: z.number().int(),
})
export type ReaderState = z.infer<typeof readerStateSchema>

export const readerCalls = {
  /** Resolves once its groups have been joined. One on an instance. */
  'reader:start': { input: z.object({}), answer: z.null() },
  'reader:stop': { input: z.object({}), answer: z.null() },
  /** From now on its receiver answers 503, or 204 again. */
  'reader:fail': { input: z.object({ fails: z.boolean() }), answer: z.null() },
} as const satisfies Record<string, CallShape>

export const readerStreams = {
  'reader:state': { input: z.object({}), event: readerStateSchema },
} as const satisfies Record<string, StreamShape>
