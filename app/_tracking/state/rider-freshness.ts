import { isPossibleTime } from '#domain/accept-fix.ts'
import { type Freshness, freshness } from '#domain/freshness.ts'
import { newestOf, type TrackingState } from './tracking-state.ts'

/**
 * How fresh the rider's position is, by when it was captured. `unknown` while our own connection is down: the silence is
 * then ours, and nothing may be said about the rider. `none`: there is no position to judge.
 */
export type RiderFreshness = Freshness | 'unknown' | 'none'

export function riderFreshness(state: TrackingState): RiderFreshness {
  const ageMs = positionAgeMs(state)
  if (ageMs === null) return 'none'
  return state.connection === 'connected' ? freshness(ageMs) : 'unknown'
}

/** Since the capture of the newest position; null without one. Where the device cannot have meant its time, since its receipt. */
export function positionAgeMs(state: TrackingState): number | null {
  const newest = newestOf(state)
  if (!newest || state.phase !== 'live') return null
  const { recordedAtMs, receivedAtMs } = newest
  const { createdAtMs } = state.delivery
  const capturedAtMs = isPossibleTime(recordedAtMs, { createdAtMs, receivedAtMs })
    ? recordedAtMs
    : receivedAtMs
  return Math.max(0, state.nowMs - capturedAtMs)
}
