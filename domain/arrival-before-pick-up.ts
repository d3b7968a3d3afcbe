import type { Delivery } from '#contracts/delivery.ts'
import { FIRST_PACE_MPS } from './ride-progress.ts'
import { routeLengthM } from './route.ts'

const MINUTE_MS = 60_000
/** A shop that promises a time means the minutes before it. */
const PROMISE_SPANS_MS = 10 * MINUTE_MS
/** A fast ride without a stop, and a slow one with some: factors of the usual pace. */
const [FAST, SLOW] = [1.25, 0.65]
const STOPS_MS = 2 * MINUTE_MS
/** Streets are longer than the straight line that stands in for them. */
const LONGER_THAN_STRAIGHT = 1.4

/** How long the ride takes once it has begun. */
export type RideSpan = { fromMs: number; toMs: number }

/**
 * What can be told of the arrival before the pick-up. It follows from the order alone, its promise and its planned way,
 * and from nothing of where the rider is.
 *
 * `at`: a span of the day, up to the promised time; null without a promise, or once it can no longer be kept.
 */
export function arrivalBeforePickUp(
  { route, routed, promisedAtMs }: Pick<Delivery, 'route' | 'routed' | 'promisedAtMs'>,
  nowMs: number,
): { at: { fromMs: number; toMs: number } | null; ride: RideSpan; isLate: boolean } {
  const lengthM = routeLengthM(route)
  const ride = {
    fromMs: (lengthM / (FIRST_PACE_MPS * FAST)) * 1_000,
    toMs: ((lengthM * (routed ? 1 : LONGER_THAN_STRAIGHT)) / (FIRST_PACE_MPS * SLOW)) * 1_000 + STOPS_MS,
  }
  if (promisedAtMs === undefined) return { at: null, ride, isLate: false }
  const fromMs = Math.max(promisedAtMs - PROMISE_SPANS_MS, nowMs + ride.fromMs)
  if (fromMs > promisedAtMs) return { at: null, ride, isLate: true }
  return { at: { fromMs, toMs: promisedAtMs }, ride, isLate: false }
}
