import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import type { ServerClock } from '#app/_http/server-clock.ts'
import { type Eta, snapshotSchema } from '#contracts/snapshot.ts'
import { isVisibleToCustomer } from '#domain/lifecycle.ts'
import type { RiderStore } from './rider-store.ts'

type Deps = { deliveryId: string; token: string; clock: ServerClock; store: RiderStore }
export type ArrivalWatch = {
  /** The server has just taken a position of this page. */
  posted(): void
  stop(): void
}

const ASKS_EVERY_MS = 20_000

/**
 * Keeps the arrival that the customer is shown: the server alone knows what is usual here. It is asked for right after a
 * post, while the phone's radio is awake; between two answers the page counts down by itself.
 */
export function watchArrival({ deliveryId, token, clock, store }: Deps): ArrivalWatch {
  const stopping = new AbortController()
  let askedMs = Number.NEGATIVE_INFINITY

  async function ask(): Promise<void> {
    const call = { token, clock, signal: stopping.signal }
    const answer = await callApi(snapshotSchema, deliveryPath(deliveryId), call)
    if (answer.ok && !stopping.signal.aborted) store.set({ arrivalMs: middleMs(answer.value.eta) })
  }

  return {
    posted() {
      const isRidden = isVisibleToCustomer(store.get().status)
      if (!isRidden || performance.now() - askedMs < ASKS_EVERY_MS) return
      askedMs = performance.now()
      void ask()
    },
    stop: () => stopping.abort(),
  }
}

/** The range is as wide before its middle as after it, but where its begin has passed. */
export function middleMs(eta: Eta | null): number | null {
  return eta && (eta.fromMs + eta.toMs) / 2
}
