import type { Fix, Location } from '#contracts/location.ts'
import { roundDegrees, roundTenths } from './digits.ts'
import { type Believing, type ImplausibleReason, judgePlace, type Ride } from './implausible.ts'

export type Known = Believing & {
  find(seq: number): Location | undefined
  /** The highest seq so far; 0 when there is none. */
  lastSeq: number
}

export type FixContext = { deliveryId: string; createdAtMs: number; receivedAtMs: number; ride: Ride }

export type Verdict =
  | {
      kind: 'accept'
      location: Location
      late: boolean
      clockReplaced: boolean
      implausible: ImplausibleReason | null
    }
  | { kind: 'duplicate'; location: Location }
  | { kind: 'conflict'; location: Location; known: Location }

/**
 * Decides what a rider's fix is, given what is known of the delivery. What is no position, number or time never gets
 * here (the zod schema of the request refused it), and read-fix.ts has judged the optional fields.
 *
 * Late and implausible points are accepted with a flag: the history wants every reading.
 */
export function judgeFix(fix: Fix, known: Known, context: FixContext): Verdict {
  const clockReplaced = !isPossibleTime(fix.recordedAtMs, context)
  const { deliveryId, receivedAtMs, ride } = context
  const recordedAtMs = clockReplaced ? receivedAtMs : fix.recordedAtMs
  const location = locationOf(fix, { deliveryId, recordedAtMs, receivedAtMs })
  const twin = known.find(fix.seq)
  if (twin) {
    return sameFix(twin, location)
      ? { kind: 'duplicate', location: twin }
      : { kind: 'conflict', location, known: twin }
  }
  const implausible = judgePlace(location, known, ride)
  return {
    kind: 'accept',
    location: implausible ? { ...location, implausible: true } : location,
    late: fix.seq < known.lastSeq,
    clockReplaced,
    implausible,
  }
}

/** Member by member: each point of each post comes by here, and a copy by spread takes several times as long. */
function locationOf(
  { seq, lat, lng, accuracyM, headingDeg, speedMps }: Fix,
  { deliveryId, recordedAtMs, receivedAtMs }: Pick<Location, 'deliveryId' | 'recordedAtMs' | 'receivedAtMs'>,
): Location {
  const location: Location = { deliveryId, seq, lat, lng, recordedAtMs, receivedAtMs }
  if (accuracyM !== undefined) location.accuracyM = accuracyM
  if (headingDeg !== undefined) location.headingDeg = headingDeg
  if (speedMps !== undefined) location.speedMps = speedMps
  return location
}

/**
 * Whether the position can have been captured then: not before there was a delivery, as a GPS week rollover has it, and
 * not in the future. Where it cannot, the receipt stands in; so a clock that is a little slow needs no allowance.
 */
export function isPossibleTime(
  recordedAtMs: number,
  { createdAtMs, receivedAtMs }: Pick<FixContext, 'createdAtMs' | 'receivedAtMs'>,
): boolean {
  return createdAtMs <= recordedAtMs && recordedAtMs <= receivedAtMs
}

/**
 * Whether two accepted fixes of the same delivery and seq say the same. A capture time that was replaced by the receipt
 * is the server's, not the device's, and differs at every retry of the same point: then it is not compared. Whether the
 * place was believed is the server's judgement as well. A location that an older version stored has more digits: what they
 * say is the same.
 */
export function sameFix(a: Location, b: Location): boolean {
  return (
    roundDegrees(a.lat) === roundDegrees(b.lat) &&
    roundDegrees(a.lng) === roundDegrees(b.lng) &&
    sameTenths(a.accuracyM, b.accuracyM) &&
    sameTenths(a.headingDeg, b.headingDeg) &&
    sameTenths(a.speedMps, b.speedMps) &&
    (a.recordedAtMs === b.recordedAtMs || mayBeReplaced(a) || mayBeReplaced(b))
  )
}

function sameTenths(a: number | undefined, b: number | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && roundTenths(a) === roundTenths(b))
}

function mayBeReplaced(location: Location): boolean {
  return location.recordedAtMs === location.receivedAtMs
}
