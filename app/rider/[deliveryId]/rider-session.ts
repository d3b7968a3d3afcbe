import type { DeliveryStatus } from '#contracts/delivery.ts'
import { type PostStatusBody, postStatusAnswerSchema } from '#contracts/http.ts'
import type { LatLng } from '#contracts/place.ts'
import type { Snapshot } from '#contracts/snapshot.ts'
import { isArriving, isEnded } from '#domain/lifecycle.ts'
import { callApi } from '../../_http/call-api.ts'
import type { ServerClock } from '../../_http/server-clock.ts'
import type { KeptRideStore } from './kept-ride.ts'
import type { Outbox } from './outbox.ts'
import { createPositionSource } from './position-source.ts'
import { sendingAfter, withFailedStatus, withPost, withStatusPost } from './post-lines.ts'
import { keptOf, type RiderState, reopenedRider } from './rider-state.ts'
import { startSending } from './send-locations.ts'
import { startTicker } from './ticker.ts'

export type RiderSession = {
  get(): RiderState
  subscribe(onChange: () => void): () => void
  startRide(): Promise<void>
  pauseRide(): void
  setStatus(status: DeliveryStatus): Promise<void>
  setSharing(sharing: boolean): void
  setSpeedFactor(speedFactor: number): void
  setIntervalMs(intervalMs: number): void
  setSource(source: RiderState['source']): void
  stop(): void
}
type Deps = {
  deliveryId: string
  token: string
  snapshot: Snapshot
  outbox: Outbox
  clock: ServerClock
  kept: KeptRideStore
  start: LatLng | null
}

/** Long enough to be read, then it is no news any more. */
const RESUMED_SHOWN_MS = 20_000

/** Everything that goes on while a rider has a delivery: the ride, the readings, the sending. Lives outside of React. */
export function startRiderSession({
  deliveryId,
  token,
  snapshot,
  outbox,
  clock,
  kept,
  start,
}: Deps): RiderSession {
  const { delivery } = snapshot
  const source = createPositionSource(delivery.route, { start, nowMs: performance.now() })
  const listeners = new Set<() => void>()
  let nextReadingMs = 0
  let lastReadingMs = 0
  let maxSeqSent = 0

  const openedMs = performance.now()
  let state = reopenedRider(delivery.status, clock.nowMs(), kept.read())

  function set(change: Partial<RiderState>) {
    state = { ...state, ...change }
    kept.keep(keptOf(state))
    for (const listener of listeners) listener()
  }

  const sender = startSending({
    deliveryId,
    token,
    outbox,
    clock,
    onPost(post) {
      const last = post.fixes.at(-1)
      set({ ...withPost(state, post, maxSeqSent), sending: sendingAfter(post, navigator.onLine) })
      maxSeqSent = Math.max(maxSeqSent, last?.seq ?? 0)
      if (post.failure) return
      void countWaiting()
      // The server decides this by the same rule, from the same point.
      if (last && state.status === 'picked_up' && isArriving(last, delivery.destination))
        set({ status: 'arriving' })
    },
    onRefused(failure) {
      set({
        refused: { code: failure.code ?? String(failure.status ?? 'storage'), detail: failure.detail },
        sharing: false,
        riding: false,
      })
    },
  })

  async function countWaiting() {
    set({ waiting: await outbox.waiting() })
  }

  function tick() {
    // Not the time of day: a clock that is set in the middle of a ride must not stop it.
    const nowMs = performance.now()
    source.advance(nowMs, state)
    if (state.resumed && nowMs - openedMs > RESUMED_SHOWN_MS) set({ resumed: false })
    if (state.sharing || !state.position) show()
    else if (state.waiting.count > 0) set({ nowMs: clock.nowMs() })
    if (!state.sharing || nowMs < nextReadingMs) return
    nextReadingMs = Math.max(nextReadingMs + state.intervalMs, nowMs + state.intervalMs / 2)
    record().catch((cause: unknown) => {
      console.error('A position could not be kept', cause)
      set({ trouble: 'This device has no room to keep positions. Some are missing.' })
    })
  }

  function show() {
    const { at, headingDeg, atDoor } = source.truth(state)
    const tick = (state.position?.tick ?? 0) + 1
    set({ nowMs: clock.nowMs(), position: { at, headingDeg, tick }, atDoor, riding: state.riding && !atDoor })
  }

  async function record() {
    const reading = source.read(Date.now(), state)
    // A device has one and the same reading until it makes the next.
    if (!reading || reading.recordedAtMs === lastReadingMs) return
    lastReadingMs = reading.recordedAtMs
    // Put right before it is kept: the same point sent again has to say the same.
    const recordedAtMs = clock.fromDeviceMs(reading.recordedAtMs)
    await outbox.add({ ...reading, recordedAtMs }, snapshot.lastSeq)
    sender.wake()
    await countWaiting()
  }

  async function setStatus(status: DeliveryStatus) {
    const startedMs = performance.now()
    set({ asking: status, trouble: null })
    const answer = await callApi(
      postStatusAnswerSchema,
      `/api/deliveries/${encodeURIComponent(deliveryId)}/status`,
      {
        method: 'POST',
        token,
        body: { status } satisfies PostStatusBody,
      },
    )
    const tookMs = performance.now() - startedMs
    set({ asking: null, ...withStatusPost(state, status, tookMs, answer.ok ? null : answer) })
    if (!answer.ok) return set(withFailedStatus(answer))
    set({ status: answer.value.status })
    // What waits is still sent after the end; nothing new is recorded.
    if (isEnded(answer.value.status)) set({ sharing: false, riding: false })
    else share()
  }

  function share() {
    if (!state.sharing) nextReadingMs = 0
    set({ sharing: true })
  }

  function takeFrom(next: RiderState['source']) {
    source.switchToDevice(next === 'device', (trouble) => set({ trouble }))
  }

  async function startRide() {
    if (state.status === 'accepted') await setStatus('picked_up')
    if (state.status !== 'picked_up' && state.status !== 'arriving') return
    set({ riding: true })
    share()
  }

  if (state.source === 'device') takeFrom('device')
  const backOnline = () => {
    set({ sending: 'fine' })
    sender.retryNow()
  }
  const gotOffline = () => set({ sending: 'offline' })
  window.addEventListener('online', backOnline)
  window.addEventListener('offline', gotOffline)
  const stopTicker = startTicker(tick)
  void countWaiting()
  show()

  return {
    get: () => state,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    startRide,
    pauseRide: () => set({ riding: false }),
    setStatus,
    setSharing: (sharing) => (sharing ? share() : set({ sharing: false, riding: false })),
    setSpeedFactor: (speedFactor) => set({ speedFactor }),
    setIntervalMs(intervalMs) {
      nextReadingMs = Math.min(nextReadingMs, performance.now() + intervalMs)
      set({ intervalMs })
    },
    setSource(next) {
      takeFrom(next)
      set({ source: next, trouble: null, riding: false })
    },
    stop() {
      window.removeEventListener('online', backOnline)
      window.removeEventListener('offline', gotOffline)
      stopTicker()
      sender.stop()
      source.stop()
      listeners.clear()
    },
  }
}
