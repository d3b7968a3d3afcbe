import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import { type PostStatusBody, postStatusAnswerSchema } from '#contracts/http.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { withFailedStatus, withStatusPost } from './post-lines.ts'
import type { RiderStore } from './rider-store.ts'

type Deps = { deliveryId: string; token: string; outbox: Pick<Outbox, 'lastSeq'>; store: RiderStore }

/** What the rider says of the end of a ride: the customer's PIN, or why it came to nothing. */
export type ToldAtEnd = Pick<PostStatusBody, 'pin' | 'reason'>

/** Reports a status to the server. Returns whether the delivery has it now. */
export async function changeStatus(
  { status, ...told }: { status: DeliveryStatus } & ToldAtEnd,
  { deliveryId, token, outbox, store }: Deps,
): Promise<boolean> {
  store.set({ asking: status, trouble: null })
  // Customers must not see points captured before the pick-up, however late they are sent.
  const atSeq = await outbox.lastSeq()
  const startedMs = performance.now()
  const answer = await callApi(postStatusAnswerSchema, deliveryPath(deliveryId, '/status'), {
    method: 'POST',
    token,
    body: { status, atSeq, ...told } satisfies PostStatusBody,
  })
  const tookMs = performance.now() - startedMs
  store.set({ asking: null, ...withStatusPost(store.get(), status, tookMs, answer.ok ? null : answer) })
  if (!answer.ok) {
    store.set(withFailedStatus(answer, told.pin !== undefined))
    return false
  }
  store.set({ status: answer.value.status, endReason: told.reason ?? null })
  // After the end waiting points are still sent; nothing new is recorded.
  if (isEnded(answer.value.status)) store.set({ sharing: false, riding: false })
  return true
}
