import { z } from 'zod'
import type { DeliveryStatus } from './delivery.ts'
import { languageTagSchema } from './language-tag.ts'

/** What a customer who has asked for it is told without looking at the page, and nothing else. */
export const TOLD_STATUSES = [
  'picked_up',
  'arriving',
  'delivered',
  'failed',
] as const satisfies readonly DeliveryStatus[]
export type ToldStatus = (typeof TOLD_STATUSES)[number]

/** Of one delivery, at once: the phones of one household. */
export const MOST_SUBSCRIPTIONS = 5

/** Browsers write it without padding. */
const bytesInBase64url = (bytes: number) =>
  z
    .string()
    .regex(/^[\w-]*$/, 'It is written in base64url, without padding.')
    .refine((text) => Math.floor((text.length * 3) / 4) === bytes, `It has ${bytes} bytes.`)

/** Printable ASCII, as browsers write addresses. */
const endpointSchema = z.string().regex(/^[!-~]{1,2000}$/)

/**
 * `PUT /api/deliveries/:id/push-subscription`: what `PushSubscription.toJSON()` gives (RFC 8291 §2.1, Push API §8.1), and
 * the language that the subscriber reads. Members that browsers may add are passed over.
 */
export const subscribeBodySchema = z.object({
  endpoint: endpointSchema,
  expirationTime: z.number().nullable().optional(),
  keys: z.object({
    /** A point of P-256, uncompressed. */
    p256dh: bytesInBase64url(65).refine((text) => text.startsWith('B'), 'It is an uncompressed point.'),
    auth: bytesInBase64url(16),
  }),
  language: languageTagSchema.optional(),
})
export type SubscribeBody = z.infer<typeof subscribeBodySchema>

/** `DELETE /api/deliveries/:id/push-subscription`: the same body, of which the endpoint counts. */
export const unsubscribeBodySchema = z.object({ endpoint: endpointSchema })

/** `GET /api/deliveries/:id/push-subscription` */
export const pushAnswerSchema = z.object({
  /** The server's VAPID key (RFC 8292), for `applicationServerKey`: base64url of an uncompressed point of P-256. */
  publicKey: z.string(),
  /** SHA-256 of each endpoint that is told of this delivery, in base64url: a device finds itself, and no other. */
  devices: z.array(z.string()),
})
export type PushAnswer = z.infer<typeof pushAnswerSchema>

/** What is in a push message, read by the worker of the customer's page. No place and no name. */
export const noticeSchema = z.object({
  v: z.literal(1),
  deliveryId: z.string(),
  status: z.enum(TOLD_STATUSES),
  atMs: z.number(),
  language: z.string(),
  title: z.string(),
  body: z.string(),
  /** The page, with the token in its fragment: only the device can read a message. */
  url: z.string(),
})
export type Notice = z.infer<typeof noticeSchema>
