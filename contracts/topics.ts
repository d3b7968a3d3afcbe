import { z } from 'zod'
import { deliveryIdSchema, deliveryStatusSchema, deviceIdSchema } from './delivery.ts'
import { locationSchema, seqSchema } from './location.ts'
import { latLngSchema } from './place.ts'
import { linkVersionSchema, roleSchema } from './role.ts'
import { epochMsSchema } from './time.ts'

/** Kafka topics. The key is always the delivery id, so all of one delivery stays in one partition, in order. */
export const TOPIC = {
  locationUpdated: 'delivery-location-updated',
  statusChanged: 'delivery-status-changed',
  linksReplaced: 'delivery-links-replaced',
  deviceChanged: 'delivery-device-changed',
  routeChanged: 'delivery-route-changed',
  erased: 'delivery-erased',
} as const
export type Topic = (typeof TOPIC)[keyof typeof TOPIC]
export const PARTITIONS = 6
export const deadLetterTopic = (topic: Topic) => `${topic}.dead-letter` as const

export const locationEventSchema = locationSchema.extend({ v: z.literal(1), riderId: z.string() })
export type LocationEvent = z.infer<typeof locationEventSchema>

export const statusEventSchema = z.object({
  v: z.literal(1),
  deliveryId: deliveryIdSchema,
  status: deliveryStatusSchema,
  atMs: epochMsSchema,
  /** The first seq that the customer may see: the position known at pick-up. null before it. */
  visibleFromSeq: z.number().int().min(1).nullable(),
  /** null before pick-up. */
  pickedUpAtMs: epochMsSchema.nullable().default(null),
  /** Whether the rider's device told the number; else what was captured by `pickedUpAtMs` stays hidden as well. */
  visibleSeqTold: z.boolean().default(true),
})
export type StatusEvent = z.infer<typeof statusEventSchema>

export const linkReplacedEventSchema = z.object({
  v: z.literal(1),
  deliveryId: deliveryIdSchema,
  role: roleSchema,
  /** The one that works from now on; every earlier one has stopped. */
  version: linkVersionSchema,
  atMs: epochMsSchema,
})
export type LinkReplacedEvent = z.infer<typeof linkReplacedEventSchema>

export const deviceChangedEventSchema = z.object({
  v: z.literal(1),
  deliveryId: deliveryIdSchema,
  /** The one that rides from now on. */
  deviceId: deviceIdSchema,
  /** How many times the delivery has gone over to a device: the highest one is true. */
  takeover: z.number().int().min(1).max(2_147_483_647),
  atMs: epochMsSchema,
})
export type DeviceChangedEvent = z.infer<typeof deviceChangedEventSchema>

export const routeChangedEventSchema = z.object({
  v: z.literal(1),
  deliveryId: deliveryIdSchema,
  /** How many times the way was planned anew: the highest one is true. */
  plan: z.number().int().min(1).max(2_147_483_647),
  /** Of the position that the way starts at. */
  fromSeq: seqSchema,
  route: z.array(latLngSchema),
  routed: z.boolean(),
  /** How long a router takes the way to last; null without one. */
  durationMs: z.number().int().min(0).nullable().default(null),
  atMs: epochMsSchema,
})
export type RouteChangedEvent = z.infer<typeof routeChangedEventSchema>

/** Nothing of the delivery is kept any more, and every instance forgets it. */
export const erasedEventSchema = z.object({
  v: z.literal(1),
  deliveryId: deliveryIdSchema,
  atMs: epochMsSchema,
})
export type ErasedEvent = z.infer<typeof erasedEventSchema>

/** Names of the Kafka headers, whose values are text. */
export const HEADER = {
  requestId: 'x-request-id',
  /** W3C Trace Context of the request. */
  traceparent: 'traceparent',
  /** Hop times, epoch milliseconds: the device sent it (if it says so); it came in; it was handed to the producer. */
  sentAtMs: 'sent-at-ms',
  receivedAtMs: 'received-at-ms',
  publishedAtMs: 'published-at-ms',
  /** On dead-letter records: why the record is there, and where it came from. */
  reason: 'dead-letter-reason',
  origin: 'dead-letter-origin',
} as const
