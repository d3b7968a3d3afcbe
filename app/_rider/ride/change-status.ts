import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import { type PostStatusBody, postStatusAnswerSchema } from '#contracts/http.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { withFailedStatus, withStatusPost } from './post-lines.ts'
import type { RiderStore } from './rider-store.ts'

type Deps = { deliveryId: string; token: string; outbox: Pick<Outbox, 'lastSeq'>; store: RiderStore }

/** Tells the server what the rider did. Returns whether it is so now. */
export async function changeStatus(
  status: DeliveryStatus,
  { deliveryId, token, outbox, store }: Deps,
): Promise<boolean> {
  store.set({ asking: status, trouble: null })
  // What was captured before the pick-up stays the rider's, however late it is sent.
  const atSeq = await outbox.lastSeq()
  const startedMs = performance.now()
  const answer = await callApi(postStatusAnswerSchema, deliveryPath(deliveryId, '/status'), {
    method: 'POST',
    token,
    body: { status, atSeq } satisfies PostStatusBody,
  })
  const tookMs = performance.now() - startedMs
  store.set({ asking: null, ...withStatusPost(store.get(), status, tookMs, answer.ok ? null : answer) })
  if (!answer.ok) {
    store.set(withFailedStatus(answer))
    return false
  }
  store.set({ status: answer.value.status })
  // What waits is still sent after the end; nothing new is recorded.
  if (isEnded(answer.value.status)) store.set({ sharing: false, riding: false })
  return true
}
