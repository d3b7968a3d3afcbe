import type { ServerClock } from '#app/_http/server-clock.ts'
import type { Fix } from '#contracts/location.ts'
import type { CaptureTimes } from '../gps/capture-times.ts'
import { createNextReading } from '../gps/next-reading.ts'
import type { PositionSource } from '../gps/position-source.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { reportEveryMs } from './rider-state.ts'
import type { RiderStore } from './rider-store.ts'
import { startTicker } from './ticker.ts'
import { createUnseenGaps } from './unseen-gap.ts'

type Deps = {
  store: RiderStore
  source: PositionSource
  outbox: Outbox
  clock: ServerClock
  times: CaptureTimes
  onRecorded(fix: Fix): void
}
export type RideRun = {
  /** Makes the next reading due within `ms`. */
  dueWithin(ms: number): void
  stop(): void
}

/** Long enough to be read. */
const RESUMED_SHOWN_MS = 20_000

/** Runs the ride: moves the rider, shows the position, and records a reading at each interval. */
export function runRide({ store, source, outbox, clock, times, onRecorded }: Deps): RideRun {
  const nextReading = createNextReading({ source, clock, times })
  const openedMs = performance.now()
  const gaps = createUnseenGaps(document.visibilityState === 'hidden')
  let nextReadingMs = 0

  function tick() {
    // Monotonic, because a change of the device's clock must not stop the ride.
    const nowMs = performance.now()
    const state = store.get()
    source.advance(nowMs, state)
    if (state.resumed && nowMs - openedMs > RESUMED_SHOWN_MS) store.set({ resumed: false })
    if (state.sharing || !state.position) show()
    else if (state.waiting.count > 0) store.set({ nowMs: clock.nowMs() })
    if (!state.sharing) gaps.rest()
    if (!state.sharing || nowMs < nextReadingMs) return
    const everyMs = reportEveryMs(state)
    nextReadingMs = Math.max(nextReadingMs + everyMs, nowMs + everyMs / 2)
    void record()
  }

  function show() {
    const state = store.get()
    const place = source.whereabouts()
    // The device gives no position and never did: nothing to show.
    if (!place && !state.position && !state.sharing) return
    const tick = (state.position?.tick ?? 0) + 1
    const atDoor = place?.atDoor ?? false
    store.set({
      nowMs: clock.nowMs(),
      position: place && {
        at: place.at,
        headingDeg: place.headingDeg,
        accuracyM: place.accuracyM,
        tick,
      },
      atDoor,
      riding: state.riding && !atDoor,
    })
  }

  async function record() {
    const everyMs = reportEveryMs(store.get())
    const reading = nextReading({ ...store.get(), intervalMs: everyMs })
    if (!reading) return
    const fix = await outbox.add(reading)
    const { recordedAtMs } = fix
    const unseen = gaps.recorded(recordedAtMs, everyMs)
    store.set({ recordedAtMs, ...(unseen && { unseen }) })
    onRecorded(fix)
  }

  const onVisibility = () => gaps.visibility(document.visibilityState === 'hidden')
  document.addEventListener('visibilitychange', onVisibility)
  const stopTicker = startTicker(tick)
  show()
  return {
    dueWithin(ms) {
      nextReadingMs = Math.min(nextReadingMs, performance.now() + ms)
    },
    stop() {
      document.removeEventListener('visibilitychange', onVisibility)
      stopTicker()
    },
  }
}
