import type { DeliveryStatus } from '#contracts/delivery.ts'
import { type PostStatusBody, postStatusAnswerSchema } from '#contracts/http.ts'
import type { LatLng } from '#contracts/place.ts'
import type { Snapshot } from '#contracts/snapshot.ts'
import { isArriving, isEnded } from '#domain/lifecycle.ts'
import { progressAlongRoute } from '#domain/route.ts'
import { callApi } from '../../_http/call-api.ts'
import { type DeviceGps, watchDevice } from './device-gps.ts'
import { createGpsNoise } from './gps-noise.ts'
import type { Outbox, Reading } from './outbox.ts'
import { withFailedStatus, withPost, withStatusPost } from './post-lines.ts'
import { planRide } from './ride-plan.ts'
import type { RiderState } from './rider-state.ts'
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
type Deps = { deliveryId: string; token: string; snapshot: Snapshot; outbox: Outbox; start: LatLng | null }

/** Everything that goes on while a rider has a delivery: the ride, the readings, the sending. Lives outside of React. */
export function startRiderSession({ deliveryId, token, snapshot, outbox, start }: Deps): RiderSession {
  const { delivery } = snapshot
  const plan = planRide(delivery.route)
  const noisy = createGpsNoise(Math.random)
  const listeners = new Set<() => void>()
  let gps: DeviceGps | null = null
  let rideMs = start ? plan.msAtM(progressAlongRoute(delivery.route, start).alongM) : 0
  let lastTickMs = Date.now()
  let nextReadingMs = 0
  let lastReportedMs = 0
  let maxSeqSent = 0

  let state: RiderState = {
    status: delivery.status,
    sharing: false,
    riding: false,
    source: 'simulation',
    speedFactor: 2,
    intervalMs: 5_000,
    position: null,
    atDoor: false,
    posts: [],
    sent: 0,
    acknowledged: 0,
    waiting: { count: 0, oldestAtMs: null },
    refused: null,
    trouble: null,
    asking: null,
  }

  function set(change: Partial<RiderState>) {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  const sender = startSending({
    deliveryId,
    token,
    outbox,
    onPost(post) {
      const last = post.fixes.at(-1)
      set(withPost(state, post, maxSeqSent))
      maxSeqSent = Math.max(maxSeqSent, last?.seq ?? 0)
      if (post.failure) return
      void countWaiting()
      // The server decides this by the same rule, from the same point.
      if (last && state.status === 'picked_up' && isArriving([last.lat, last.lng], delivery.destination))
        set({ status: 'arriving' })
    },
    onRefused(failure) {
      set({
        refused: { code: failure.code ?? String(failure.status), detail: failure.detail },
        sharing: false,
        riding: false,
      })
    },
  })

  async function countWaiting() {
    set({ waiting: await outbox.waiting() })
  }

  function tick() {
    const nowMs = Date.now()
    // By the clock: a tab that slept has ridden on in the meantime.
    if (state.riding && state.source === 'simulation') rideMs += (nowMs - lastTickMs) * state.speedFactor
    lastTickMs = nowMs
    if (state.sharing || !state.position) show()
    if (!state.sharing || nowMs < nextReadingMs) return
    nextReadingMs = Math.max(nextReadingMs + state.intervalMs, nowMs + state.intervalMs / 2)
    void record(nowMs)
  }

  function show() {
    const reading = state.source === 'device' ? gps?.latest(state.intervalMs) : undefined
    const moment = plan.momentAt(rideMs)
    const at: LatLng = reading ? [reading.lat, reading.lng] : moment.at
    const headingDeg = reading ? reading.headingDeg : moment.headingDeg
    const atDoor = state.source === 'simulation' && rideMs >= plan.durationMs
    set({
      position: { at, headingDeg, tick: (state.position?.tick ?? 0) + 1 },
      atDoor,
      riding: state.riding && !atDoor,
    })
  }

  async function record(nowMs: number) {
    const reading = state.source === 'device' ? (gps?.latest(state.intervalMs) ?? null) : simulated(nowMs)
    if (!reading || reading.recordedAtMs <= lastReportedMs) return
    lastReportedMs = reading.recordedAtMs
    await outbox.add(reading, snapshot.lastSeq)
    sender.wake()
    await countWaiting()
  }

  function simulated(nowMs: number): Reading {
    const moment = plan.momentAt(rideMs)
    const { at, accuracyM } = noisy(moment.at)
    return {
      lat: at[0],
      lng: at[1],
      recordedAtMs: nowMs,
      accuracyM,
      headingDeg: Math.round(moment.headingDeg * 10) / 10,
      speedMps: state.riding ? Math.round(moment.speedMps * state.speedFactor * 10) / 10 : 0,
    }
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

  async function startRide() {
    if (state.status === 'accepted') await setStatus('picked_up')
    if (state.status !== 'picked_up' && state.status !== 'arriving') return
    set({ riding: true })
    share()
  }

  const retryNow = () => sender.retryNow()
  window.addEventListener('online', retryNow)
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
      nextReadingMs = Math.min(nextReadingMs, Date.now() + intervalMs)
      set({ intervalMs })
    },
    setSource(source) {
      gps?.stop()
      gps = source === 'device' ? watchDevice((trouble) => set({ trouble })) : null
      set({ source, trouble: null, riding: false })
    },
    stop() {
      window.removeEventListener('online', retryNow)
      stopTicker()
      sender.stop()
      gps?.stop()
      listeners.clear()
    },
  }
}
