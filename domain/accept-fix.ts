import type { Fix, Location } from '#contracts/location.ts'
import { distanceM } from './geometry.ts'

/** 252 km/h: faster than anything that carries a meal, slower than a position that jumped. */
export const PLAUSIBLE_MPS = 70

export type Known = { find(seq: number): Location | undefined; lastLocation: Location | null }

export type Verdict =
  | { kind: 'accept'; location: Location; late: boolean; clockClamped: boolean; implausibleJump: boolean }
  | { kind: 'duplicate'; location: Location }
  | { kind: 'conflict'; location: Location; known: Location }

/**
 * Decides what a rider's fix is, given what is known of the delivery. Values out of range never get here (the zod
 * schema of the request refused them); everything the schema lets through gets a verdict.
 *
 * Late and implausible points are accepted with a flag: the history wants every reading, and a jump is as often the
 * end of a bad reading as the start of one.
 */
export function judgeFix(
  fix: Fix,
  known: Known,
  context: { deliveryId: string; receivedAtMs: number },
): Verdict {
  const clockClamped = fix.recordedAtMs > context.receivedAtMs
  const location = toLocation(fix, context)
  const twin = known.find(fix.seq)
  if (twin) {
    return sameFix(twin, location)
      ? { kind: 'duplicate', location: twin }
      : { kind: 'conflict', location, known: twin }
  }
  const last = known.lastLocation
  return {
    kind: 'accept',
    location,
    late: last !== null && fix.seq < last.seq,
    clockClamped,
    implausibleJump: last !== null && isImplausibleJump(last, location),
  }
}

/**
 * Whether two accepted fixes of the same delivery and seq say the same. A capture time that was clamped to the receipt
 * is the server's, not the device's, and differs at every retry of the same point: then it is not compared.
 */
export function sameFix(a: Location, b: Location): boolean {
  return (
    a.lat === b.lat &&
    a.lng === b.lng &&
    a.accuracyM === b.accuracyM &&
    a.headingDeg === b.headingDeg &&
    a.speedMps === b.speedMps &&
    (a.recordedAtMs === b.recordedAtMs || mayBeClamped(a) || mayBeClamped(b))
  )
}

function mayBeClamped(location: Location): boolean {
  return location.recordedAtMs === location.receivedAtMs
}

/** Fields are named one by one, so that nothing a request carried besides gets into the log; absent ones stay absent. */
function toLocation(fix: Fix, context: { deliveryId: string; receivedAtMs: number }): Location {
  return {
    deliveryId: context.deliveryId,
    seq: fix.seq,
    lat: fix.lat,
    lng: fix.lng,
    recordedAtMs: Math.min(fix.recordedAtMs, context.receivedAtMs),
    receivedAtMs: context.receivedAtMs,
    ...(fix.accuracyM !== undefined && { accuracyM: fix.accuracyM }),
    ...(fix.headingDeg !== undefined && { headingDeg: fix.headingDeg === 360 ? 0 : fix.headingDeg }),
    ...(fix.speedMps !== undefined && { speedMps: fix.speedMps }),
  }
}

/** Both circles of accuracy are taken off the distance; under a second the clocks are too coarse to divide by. */
function isImplausibleJump(from: Location, to: Location): boolean {
  const apartM =
    distanceM([from.lat, from.lng], [to.lat, to.lng]) - (from.accuracyM ?? 0) - (to.accuracyM ?? 0)
  const seconds = Math.max(Math.abs(to.recordedAtMs - from.recordedAtMs) / 1_000, 1)
  return apartM / seconds > PLAUSIBLE_MPS
}
