import { isPossibleTime } from '#domain/accept-fix.ts'
import { type Freshness, freshness } from '#domain/freshness.ts'
import { newestOf, type TrackingState } from './tracking-state.ts'

/**
 * How fresh the rider's position is, by its capture time. `unknown` while the customer's own connection is down: the page
 * then cannot tell anything about the rider. `none`: there is no position.
 */
export type RiderFreshness = Freshness | 'unknown' | 'none'

export function riderFreshness(state: TrackingState): RiderFreshness {
  const ageMs = positionAgeMs(state)
  if (ageMs === null) return 'none'
  return state.connection === 'connected' ? freshness(ageMs) : 'unknown'
}

/** Age since the newest position's capture, or since its receipt where the capture time is impossible; null without one. */
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

/** Age of what the page shows while it is not connected: the position's, else that of what an earlier page knew. */
export function shownAgeMs(state: TrackingState): number | null {
  const keptAtMs = 'keptAtMs' in state ? state.keptAtMs : undefined
  return positionAgeMs(state) ?? (keptAtMs === undefined ? null : Math.max(0, state.nowMs - keptAtMs))
}
