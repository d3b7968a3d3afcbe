import { z } from 'zod'
import { deliverySchema, deliveryStatusSchema } from './delivery.ts'
import { locationSchema, seqSchema } from './location.ts'
import { problemCodeSchema } from './problem.ts'
import { etaSchema, type Snapshot } from './snapshot.ts'
import { epochMsSchema } from './time.ts'

/** Socket.IO namespace of the customers. */
export const TRACKING_NAMESPACE = '/tracking'

/** No seq is greater: the database keeps them as 32-bit integers. */
export const MAX_AFTER_SEQ = 2_147_483_647

/** The handshake's `auth`. The token alone names the delivery, so no room can be asked for by name. */
export const handshakeAuthSchema = z.object({
  token: z.string(),
  /** The last seq the page holds; what came after it is sent again, in order. */
  afterSeq: z.number().int().min(0).max(MAX_AFTER_SEQ).optional(),
  /**
   * Only clients that can follow to another instance say it. `send`: the refusal `elsewhere` says where the delivery is.
   * `stay`: the client was sent here, or could not get to where it was sent. Without it every instance serves the client.
   */
  placing: z.enum(['send', 'stay']).optional(),
})
export type HandshakeAuth = z.infer<typeof handshakeAuthSchema>

/** The request that a point came with: by these it is found in every log on its way. */
export const traceSchema = z.object({
  requestId: z.string(),
  traceparent: z.string().optional(),
  /** Now and then the server asks when the point was on the screen: `delivery:painted`. */
  painted: z.literal('tell').optional(),
})
export type Trace = z.infer<typeof traceSchema>

export const locationMessageSchema = z.object({
  location: locationSchema,
  eta: etaSchema.nullable(),
  /** Only while a phone app reports, whose numbers leave seconds out: the number before this one. Between the two nothing is missing. */
  prevSeq: seqSchema.optional(),
  /** Only if the post came with a `traceparent`, or the page is asked for `delivery:painted`. */
  trace: traceSchema.optional(),
})
export type LocationMessage = z.infer<typeof locationMessageSchema>

export const statusMessageSchema = z.object({ status: deliveryStatusSchema, atMs: epochMsSchema })
export type StatusMessage = z.infer<typeof statusMessageSchema>

/** The rider has left the way, and it was planned anew. */
export const routeMessageSchema = deliverySchema.pick({ route: true, routed: true })
export type RouteMessage = z.infer<typeof routeMessageSchema>

/** The link has stopped working while it was open. The disconnect follows, and coming back is of no use. */
export const closedMessageSchema = z.object({ code: problemCodeSchema })
export type ClosedMessage = z.infer<typeof closedMessageSchema>

/** The answer to `trace.painted`. A page that was not looked at does not answer. */
export const paintedMessageSchema = z.object({ seq: seqSchema, paintedAtMs: epochMsSchema })
export type PaintedMessage = z.infer<typeof paintedMessageSchema>

/** Customer → server. */
export type CustomerEvents = { 'delivery:painted': (message: PaintedMessage) => void }

/** Server → customer, and the shape of each event's one argument. */
export type TrackingEvents = {
  'delivery:snapshot': (snapshot: Snapshot) => void
  'delivery:location': (message: LocationMessage) => void
  'delivery:status': (message: StatusMessage) => void
  'delivery:route': (message: RouteMessage) => void
  'delivery:closed': (message: ClosedMessage) => void
}

/** `data` of the `connect_error` that a refused handshake gets. */
export const handshakeRefusalSchema = z.object({
  code: z.union([problemCodeSchema, z.literal('elsewhere')]),
  /** When to come back, where that helps. */
  retryAfterMs: z.number().min(0).optional(),
  /** With `elsewhere`: the host and port of the instance that has the delivery. Through the gateway: `/at/<at>/socket.io/`. */
  at: z.string().optional(),
})
export type HandshakeRefusal = z.infer<typeof handshakeRefusalSchema>
