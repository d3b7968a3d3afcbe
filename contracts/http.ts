import { z } from 'zod'
import { deliverySchema, deliveryStatusSchema, deviceIdSchema } from './delivery.ts'
import { languageTagSchema } from './language-tag.ts'
import { locationSchema, MAX_RIDE_SEQ, nextReportMsSchema, reportedFixSchema } from './location.ts'
import { externalIdSchema, reasonSchema } from './order.ts'
import { placeSchema } from './place.ts'
import { roleSchema } from './role.ts'
import { summarySchema } from './snapshot.ts'

/** Bodies larger than this are answered `body_too_large`. */
export const MAX_BODY_BYTES = 64 * 1024
export const MAX_FIXES_PER_POST = 100
const MAX_LOCATIONS_PER_PAGE = 1_000
const MAX_DELIVERIES_PER_PAGE = 200
/** Optional, with a post of locations: when the device sent it, epoch milliseconds. Shown, and used for nothing else. */
export const SENT_AT_HEADER = 'X-Sent-At-Ms'
/** Optional, with a post of locations: the device that sends it, as it called itself in `POST …/device`. */
export const RIDER_DEVICE_HEADER = 'X-Rider-Device'

/** `POST /api/deliveries`: the body is `createDeliveryBodySchema` of order.ts. */
const linkSchema = z.object({
  /** Path of the page with the token in its fragment, which browsers never send. */
  url: z.string(),
  token: z.string(),
})
export const createDeliveryAnswerSchema = z.object({
  delivery: deliverySchema,
  rider: linkSchema,
  /** With the PIN that the customer's page shows, if the order asked for one. */
  customer: linkSchema.extend({ pin: z.string().optional() }),
})
export type CreateDeliveryAnswer = z.infer<typeof createDeliveryAnswerSchema>

/** `GET /api/deliveries`, newest first */
export const listDeliveriesQuerySchema = z.strictObject({
  state: z.enum(['live', 'ended', 'all']).default('all'),
  externalId: externalIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_DELIVERIES_PER_PAGE).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
})
export type ListDeliveriesQuery = z.infer<typeof listDeliveriesQuerySchema>
export const listDeliveriesAnswerSchema = z.object({
  deliveries: z.array(summarySchema),
  /** Ask again with this as `cursor`; null when this page is the last. */
  nextCursor: z.string().nullable(),
})
export type ListDeliveriesAnswer = z.infer<typeof listDeliveriesAnswerSchema>

/** `POST /api/deliveries/:id/locations` */
export const postLocationsBodySchema = z.object({
  locations: z.array(reportedFixSchema).min(1).max(MAX_FIXES_PER_POST),
})
export type PostLocationsBody = z.infer<typeof postLocationsBodySchema>
export const postLocationsAnswerSchema = z.object({
  /** Points that Kafka has now and that were new to this instance. */
  accepted: z.number().int().min(0),
  /** Points that this instance already knew. */
  duplicates: z.number().int().min(0),
  lastSeq: z.number().int().min(0),
  /** Numbers of this call that stand for something else already; none of these points was taken. Absent without any. */
  conflicts: z.array(z.number().int().min(1)).optional(),
  /** In how many milliseconds the next report is wanted. Absent: as the device sees fit. It may be ignored. */
  nextReportMs: nextReportMsSchema.optional(),
})
export type PostLocationsAnswer = z.infer<typeof postLocationsAnswerSchema>

/** `GET /api/deliveries/:id/locations` */
export const listLocationsQuerySchema = z.object({
  afterSeq: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_LOCATIONS_PER_PAGE).default(MAX_LOCATIONS_PER_PAGE),
})
export const listLocationsAnswerSchema = z.object({
  locations: z.array(locationSchema),
  /** Ask again with this as `afterSeq`; null when this page is the last. */
  nextAfterSeq: z.number().int().min(1).nullable(),
})
export type ListLocationsAnswer = z.infer<typeof listLocationsAnswerSchema>

/** `POST /api/deliveries/:id/status` */
export const postStatusBodySchema = z
  .object({
    status: deliveryStatusSchema,
    /** The last number captured before this change; 0 or left out when the device cannot tell. */
    atSeq: z.number().int().min(0).max(MAX_RIDE_SEQ).optional(),
    /** Why it is cancelled or has failed. For the rider and dispatch; the customer is not shown it. */
    reason: reasonSchema.optional(),
    /** With `delivered`, of an order that has one: what the customer told the rider. */
    pin: z.string().max(64).optional(),
  })
  .refine(({ status, reason }) => reason === undefined || status === 'cancelled' || status === 'failed', {
    path: ['reason'],
    message: 'A reason stands with cancelled and failed only.',
  })
export type PostStatusBody = z.infer<typeof postStatusBodySchema>
export const postStatusAnswerSchema = z.object({ status: deliveryStatusSchema })

/** `POST /api/deliveries/:id/links`: the link of this role stops working, and a new one takes its place. */
export const replaceLinkBodySchema = z.object({ role: roleSchema })
export type ReplaceLinkBody = z.infer<typeof replaceLinkBodySchema>
export const replaceLinkAnswerSchema = linkSchema.extend({ role: roleSchema })
export type ReplaceLinkAnswer = z.infer<typeof replaceLinkAnswerSchema>

/** `POST /api/deliveries/:id/device`: this device rides from now on; the posts of another one are `other_device`. */
export const postDeviceBodySchema = z.object({ deviceId: deviceIdSchema })
export type PostDeviceBody = z.infer<typeof postDeviceBodySchema>
export const postDeviceAnswerSchema = z.object({ deviceId: deviceIdSchema })
export type PostDeviceAnswer = z.infer<typeof postDeviceAnswerSchema>

/** `POST /api/places`: where an address is, as the geocoder says. */
export const findPlacesBodySchema = z.strictObject({
  query: z.string().max(300).regex(/\S/, 'There is nothing in it to look up.'),
  /** Of the names in the answer (BCP 47). */
  language: languageTagSchema.optional(),
})
export type FindPlacesBody = z.infer<typeof findPlacesBodySchema>
/** The likeliest first, five at most. */
export const findPlacesAnswerSchema = z.object({ places: z.array(placeSchema) })
export type FindPlacesAnswer = z.infer<typeof findPlacesAnswerSchema>
