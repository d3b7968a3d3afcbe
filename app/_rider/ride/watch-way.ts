import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { pause } from '#app/_http/pause.ts'
import type { ServerClock } from '#app/_http/server-clock.ts'
import type { Delivery } from '#contracts/delivery.ts'
import type { Fix } from '#contracts/location.ts'
import { snapshotSchema } from '#contracts/snapshot.ts'
import { isVisibleToCustomer } from '#domain/lifecycle.ts'
import { isOffTheWay } from '#domain/off-the-way.ts'
import type { RiderStore } from './rider-store.ts'

type Deps = {
  deliveryId: string
  token: string
  /** The way as the page was opened with it. */
  route: Delivery['route']
  clock: ServerClock
  store: RiderStore
}
export type WayWatch = {
  recorded(fix: Fix): void
  /** Takes the way of a delivery that was read for another reason. Returns whether it is another one. */
  read(delivery: Delivery): boolean
  stop(): void
}

/** The server plans anew after 20 s off the way. */
const ASKS_AFTER_MS = 18_000
/** A router answers within a second or two; after those it may be away, and is asked again half a minute later. */
const [SOON_MS, SOON_TIMES, LATER_MS] = [2_000, 6, 15_000]

/**
 * Takes the way that the server plans anew once the rider has left the old one. A rider's page has no socket, which would
 * keep the phone's radio awake: it asks, but only while the rider is off the way.
 */
export function watchWay({ deliveryId, token, route, clock, store }: Deps): WayWatch {
  const stopping = new AbortController()
  let offSinceMs: number | null = null
  let asking = false

  async function ask(): Promise<void> {
    asking = true
    for (let times = 0; offSinceMs !== null && !stopping.signal.aborted; times += 1) {
      const call = { token, clock, signal: stopping.signal }
      const answer = await callApi(snapshotSchema, deliveryPath(deliveryId), call)
      if (stopping.signal.aborted) return
      if (answer.ok && read(answer.value.delivery)) break
      await pause(times < SOON_TIMES ? SOON_MS : LATER_MS, stopping.signal)
    }
    asking = false
  }

  function read({ route, routed }: Delivery): boolean {
    if (isSame(route, current())) return false
    offSinceMs = null
    store.set({ way: { route, routed } })
    return true
  }

  const current = () => store.get().way?.route ?? route

  return {
    read,
    recorded(fix) {
      const { status } = store.get()
      if (!isVisibleToCustomer(status) || !isOffTheWay(current(), fix)) offSinceMs = null
      else offSinceMs ??= fix.recordedAtMs
      if (offSinceMs !== null && fix.recordedAtMs - offSinceMs >= ASKS_AFTER_MS && !asking) void ask()
    },
    stop: () => stopping.abort(),
  }
}

function isSame(a: Delivery['route'], b: Delivery['route']): boolean {
  return a.length === b.length && a.every(([lat, lng], at) => lat === b[at]?.[0] && lng === b[at]?.[1])
}
