import { z } from 'zod'
import { deliveryIdSchema } from './delivery.ts'
import { createDeliveryAnswerSchema } from './http.ts'
import { latLngSchema } from './place.ts'
import { problemCodeSchema } from './problem.ts'
import { snapshotSchema, summarySchema } from './snapshot.ts'
import { epochMsSchema } from './time.ts'

/** Socket.IO namespace of the board. */
export const DISPATCH_NAMESPACE = '/dispatch'

/** The handshake's `auth`. In the demo without a token. */
export const dispatchAuthSchema = z.object({ token: z.string().optional() })
export type DispatchAuth = z.infer<typeof dispatchAuthSchema>

/** A running delivery on the board. */
export const boardDeliverySchema = summarySchema.extend({
  /** How far the rider is off the planned way, metres; absent on it, and before the pick-up. */
  offRouteM: z.number().int().min(0).optional(),
})
export type BoardDelivery = z.infer<typeof boardDeliverySchema>

export const goneMessageSchema = z.object({ id: deliveryIdSchema })
export type GoneMessage = z.infer<typeof goneMessageSchema>

/** Server → board, and the shape of each event's one argument. */
export type DispatchEvents = {
  /** All that are running, once after each connect. */
  'dispatch:snapshot': (deliveries: BoardDelivery[]) => void
  /** One that is new or has changed; of each at most one a second. */
  'dispatch:delivery': (delivery: BoardDelivery) => void
  /** It has ended, or was erased. */
  'dispatch:gone': (message: GoneMessage) => void
}

/** What a delivery's sheet needs beside the board. */
export const openedDeliverySchema = snapshotSchema.pick({ phones: true, note: true, customer: true }).extend({
  route: z.array(latLngSchema),
  pickedUpAtMs: epochMsSchema.nullable(),
  /** In the demo alone, where every visitor has them from the first page: the links as they work now. */
  links: createDeliveryAnswerSchema.pick({ rider: true, customer: true }).optional(),
})
export type OpenedDelivery = z.infer<typeof openedDeliverySchema>
export const openReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: openedDeliverySchema }),
  z.object({ ok: z.literal(false), code: problemCodeSchema, detail: z.string() }),
])
export type OpenReply = z.infer<typeof openReplySchema>

/** Simulated riders, in the demo. */
export const eveningReplySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.object({ riders: z.number().int(), untilMs: epochMsSchema }) }),
  openReplySchema.options[1],
])
export type EveningReply = z.infer<typeof eveningReplySchema>

/** Board → server. */
export type DispatcherEvents = {
  /** In the demo: a busy evening begins, or the one that goes on is told. Always answered. */
  'dispatch:evening': (nothing: Record<string, never>, reply: (answer: EveningReply) => void) => void
  /** A delivery's sheet is opened. Always answered. */
  'dispatch:open': (deliveryId: string, reply: (answer: OpenReply) => void) => void
}
