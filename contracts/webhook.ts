import { z } from 'zod'
import { summarySchema } from './snapshot.ts'
import { epochMsSchema } from './time.ts'

/** What is noticed of a running delivery; its status stays as it is. */
export const NOTICED_TYPES = ['delivery.near', 'delivery.late', 'delivery.silent', 'delivery.back'] as const
export type NoticedType = (typeof NOTICED_TYPES)[number]

/** What a shop's systems are told, by the Standard Webhooks specification. */
export const WEBHOOK_TYPES = [
  'delivery.created',
  'delivery.picked_up',
  'delivery.arriving',
  ...NOTICED_TYPES,
  'delivery.delivered',
  'delivery.cancelled',
  'delivery.failed',
] as const
export type WebhookType = (typeof WEBHOOK_TYPES)[number]

/** The body. No token, phone number, note or PIN is in it. */
export const webhookSchema = z.object({
  type: z.enum(WEBHOOK_TYPES),
  /** When it happened. */
  timestamp: z.iso.datetime(),
  data: z.object({
    /** With the status that the event tells, or in which it was noticed; where the rider is and when they arrive are as of when it was written. */
    delivery: summarySchema,
  }),
})
export type Webhook = z.infer<typeof webhookSchema>

/** The header `webhook-id`: the same for each try, so a receiver can leave out what it has had. */
const webhookIdSchema = z.string().regex(/^msg_[\w-]{1,60}$/)

export const webhookHeadersSchema = z.object({
  'webhook-id': webhookIdSchema.meta({ description: 'The same for each try.' }),
  'webhook-timestamp': z.coerce.number().int().meta({ description: 'Of this try, epoch seconds.' }),
  'webhook-signature': z
    .string()
    .meta({ description: '`v1,` and the signature in base64; of each secret one, with a space between.' }),
})

/** One event and one receiver. */
export const toldWebhookSchema = z.object({
  id: webhookIdSchema,
  type: z.enum(WEBHOOK_TYPES),
  /** The receiver's host. */
  host: z.string(),
  occurredAtMs: epochMsSchema,
  /** `off`: it waits, and its receiver is switched off; `unused`: its receiver is in WEBHOOK_URL no more. */
  state: z.enum(['waiting', 'sent', 'given_up', 'off', 'unused']),
  attempts: z.number().int().min(0),
  /** How the receiver answered the last time: a status, or why there was none. */
  lastAnswer: z.string().nullable(),
  lastAttemptAtMs: epochMsSchema.nullable(),
  nextAttemptAtMs: epochMsSchema.nullable(),
  sentAtMs: epochMsSchema.nullable(),
})
export type ToldWebhook = z.infer<typeof toldWebhookSchema>

/** `GET /api/deliveries/:id/webhooks`, in the order in which they happened. */
export const listWebhooksAnswerSchema = z.object({ webhooks: z.array(toldWebhookSchema) })
export type ListWebhooksAnswer = z.infer<typeof listWebhooksAnswerSchema>

/** `POST /api/deliveries/:id/webhooks`: this event is sent again, to each receiver that was to be told of it. */
export const resendWebhookBodySchema = z.strictObject({ id: webhookIdSchema })
