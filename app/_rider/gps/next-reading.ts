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
 * A standing device repeats its last reading, which may be older than what an earlier page recorded. Up to this age the
 * place still holds; anything older is a cached reading.
 */
const STILL_THERE_MS = 120_000

/**
 * Returns a function that returns the reading to record now, on the server's clock, or null. A standing device reports
 * nothing: its last place is recorded again with a new time, as long as the device would report a movement.
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
      // After a repeated place the device's next reading may carry an earlier time; recorded times must not go back.
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
