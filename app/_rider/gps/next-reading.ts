import type { ServerClock } from '#app/_http/server-clock.ts'
import type { CaptureTimes } from './capture-times.ts'
import type { Pace, PositionSource } from './position-source.ts'
import type { Reading } from './reading.ts'

type Deps = {
  source: Pick<PositionSource, 'gps' | 'simulate'>
  clock: Pick<ServerClock, 'nowMs' | 'fromDeviceMs'>
  times: CaptureTimes
}

/**
 * A device that stands has nothing newer to say than where it was a moment ago, which may be behind what an earlier page
 * recorded. What is older comes out of its memory, and says nothing about now.
 */
const STILL_THERE_MS = 120_000

/**
 * Returns a function that gives the reading to record now, on the server's clock; null when there is none. A device that
 * stands reports nothing: its place is repeated, with a new time, for as long as it would say that it moved.
 */
export function createNextReading({ source, clock, times }: Deps) {
  let last: Reading | null = null

  function deviceReading(intervalMs: number): Reading | null {
    const gps = source.gps()
    const nowMs = clock.nowMs()
    const fresh = gps?.take(intervalMs)
    if (fresh) {
      const capturedAtMs = clock.fromDeviceMs(fresh.recordedAtMs)
      const atMs = times.judge(capturedAtMs, nowMs)
      if (atMs === null) {
        if (nowMs - capturedAtMs <= STILL_THERE_MS) last ??= fresh
        return null
      }
      // A place that was repeated is later than what the device says next of the moment before.
      last = { ...fresh, recordedAtMs: Math.max(atMs, Math.min(last?.recordedAtMs ?? 0, nowMs)) }
      return last
    }
    if (!last || !gps?.stands()) return null
    const { headingDeg: _heading, speedMps: _speed, ...place } = last
    last = { ...place, recordedAtMs: nowMs }
    return last
  }

  return (pace: Pace & { intervalMs: number }): Reading | null => {
    if (source.gps()) return deviceReading(pace.intervalMs)
    last = null
    const nowMs = clock.nowMs()
    return source.simulate(times.judge(nowMs, nowMs) ?? nowMs, pace)
  }
}
