import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import type { ServerClock } from '#app/_http/server-clock.ts'
import type { Delivery } from '#contracts/delivery.ts'
import { snapshotSchema } from '#contracts/snapshot.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { isLaterStatus, isReportedByApp } from './rider-state.ts'
import type { RiderStore } from './rider-store.ts'

const LOOK_EVERY_MS = 5_000

type Deps = {
  deliveryId: string
  token: string
  clock: ServerClock
  store: RiderStore
  /** With each look. */
  onDelivery(delivery: Delivery): void
}

/**
 * While an app on the phone reports, this page gets no answers to posts of its own: it looks by itself whether positions
 * come in, and which status the delivery has. Returns a function that stops it.
 */
export function watchPhoneApp({
  deliveryId,
  token,
  clock,
  store: { get, set },
  onDelivery,
}: Deps): () => void {
  const ending = new AbortController()
  const timer = setInterval(look, LOOK_EVERY_MS)

  async function look() {
    if (!isReportedByApp(get()) || isEnded(get().status) || document.hidden) return
    const { signal } = ending
    const answer = await callApi(snapshotSchema, deliveryPath(deliveryId), { token, clock, signal })
    if (!answer.ok || signal.aborted) return
    const { delivery, lastLocation } = answer.value
    onDelivery(delivery)
    set({ newestAtMs: lastLocation?.receivedAtMs ?? null })
    if (isLaterStatus(delivery.status, get().status)) set({ status: delivery.status })
  }

  return () => {
    clearInterval(timer)
    ending.abort()
  }
}
