import type { Location } from '#contracts/location.ts'
import type { Eta } from '#contracts/snapshot.ts'
import { expectedPace } from './expected-pace.ts'
import { afterPoint, follow, paceMps, type RideProgress, readingOf } from './ride-progress.ts'
import { routeLengthM } from './route.ts'
import { FIRST_RIDES, type UsualRides } from './usual-rides.ts'
import type { Way } from './way.ts'
import { isOffRoute, wayToGoM } from './way-to-go.ts'

/** Farther off the route than that, and than the route is long, is somewhere else: no arrival can be told. */
const ELSEWHERE_M = 2_000

/** Something comes up on most ways that are not short: a light, a gate, a wrong turn, a second meal to pick up. */
const COMES_UP_MS = 59_000
const [SHORT_WAY_MS, LONG_WAY_MS] = [140_000, 165_000]
/** Less of it very far away, where an arrival later by minutes is forgiven. */
const COMES_UP_FAR_MS = 35_000
const [FAR_FROM_MS, VERY_FAR_MS] = [400_000, 700_000]
/** Half of it beside the route: a detour may be what came up. Riders farther off than that have lost their way. */
const [COMES_UP_ON_DETOURS, BESIDE_M] = [0.5, 300]
/** Whoever has stood so long has had what comes up on a ride. */
const [LIGHT_MS, LONG_STOP_MS] = [60_000, 120_000]
/** The range is wider until the rider has ridden so long. */
const KNOWN_AFTER_MS = 20_000

/** So long without coming on may be a slow reading; from then on the rider stands. */
const STANDS_AFTER_MS = 10_000
/** The rest of a stop grows as it lasts, up to so much; after minutes it grows again, slowly. */
const [REST_AT_LEAST_MS, REST_AT_MOST_MS] = [15_000, 24_000]
const [REST_GROWS, LONG_REST_GROWS] = [0.6, 0.25]
/** As near as that the rider is at the door. */
const AT_DOOR_M = 40

/**
 * Half the width of the range: about the time to go near the door, and farther away enough for a stop of some minutes
 * that nobody knows of yet. See docs/decisions/0021-an-arrival-that-is-judged.md.
 */
const [HALF_AT_DOOR_MS, HALF_PER_NEAR_MS] = [19_000, 0.97]
const [HALF_FOR_A_STOP_MS, HALF_PER_FAR_MS] = [255_000, 0.155]
/** A stop that was need not be held any more. */
const HALF_AFTER_A_STOP = 0.45
/** Quickly more as the rider stops, and more again as a stop becomes a long one. */
const [HALF_PER_STOOD, HALF_STOOD_MS] = [1.3, 77_000]
const [HALF_PER_LONG_STOOD, HALF_STOOD_AT_MOST_MS] = [0.4, 350_000]
/** More where only the two ends of the way are known. */
const HALF_PER_UNKNOWN_WAY = 0.35
/** Before the ride has shown its pace. */
const HALF_UNKNOWN_MS = 40_000

export type EtaInput = {
  way: Way
  /** Of this ride so far; null for none. */
  progress: RideProgress | null
  location: Location
  nowMs: number
  usual?: UsualRides | undefined
}

/**
 * When the rider may be expected, as a range; null for a rider far from every part of the route, or without one.
 *
 *     middle = captured + way / pace + what comes up + the rest of the stop
 *     from   = middle − half, to = middle + half + age of the reading
 *
 * The pace is distance over time along the route while the rider rides: stops are not part of it, and stand on their
 * own. `npm run bench -- eta` judges it, and the numbers above come from there.
 */
export function estimateArrival({
  way,
  progress,
  location,
  nowMs,
  usual = FIRST_RIDES,
}: EtaInput): Eta | null {
  const ride = afterPoint(progress, way, location)
  const followed = ride && follow(progress, way, location)
  if (!followed) return null
  const totalM = routeLengthM(way.route)
  if (followed.offRouteM > Math.max(ELSEWHERE_M, totalM)) return null

  // A device's clock that runs ahead must not postpone the arrival.
  const recordedAtMs = Math.min(location.recordedAtMs, nowMs)
  const wayM = wayToGoM(way, readingOf(location), followed)
  const rideMs = (wayM / paceMps(ride, expectedPace(way, usual))) * 1_000
  const stoodMs = wayM < AT_DOOR_M ? 0 : Math.max(0, recordedAtMs - ride.moved.atMs - STANDS_AFTER_MS)
  const isDetour =
    way.routed && isOffRoute(location.accuracyM, followed.offRouteM) && followed.offRouteM <= BESIDE_M
  const toGoMs = rideMs + Math.max(restOfStopMs(stoodMs), comesUpMs(rideMs, ride, stoodMs, isDetour))
  const unknownWayMs = way.routed ? 0 : HALF_PER_UNKNOWN_WAY * rideMs
  const halfMs =
    halfOfRideMs(rideMs, ride, stoodMs) * usual.rangeFactor + halfOfStopMs(stoodMs) + unknownWayMs
  const fromMs = Math.max(nowMs, Math.round(recordedAtMs + toGoMs - halfMs))
  return { fromMs, toMs: Math.max(fromMs + 1, Math.round(nowMs + toGoMs + halfMs)) }
}

/** How much longer a stop that has lasted so long may last. */
function restOfStopMs(stoodMs: number): number {
  if (stoodMs === 0) return 0
  const grown = REST_AT_LEAST_MS + REST_GROWS * stoodMs
  return Math.max(Math.min(grown, REST_AT_MOST_MS), LONG_REST_GROWS * (stoodMs - LONG_STOP_MS))
}

function comesUpMs(
  rideMs: number,
  { longestStopMs }: RideProgress,
  stoodMs: number,
  isDetour: boolean,
): number {
  const lessMs = (COMES_UP_MS - COMES_UP_FAR_MS) * rise(rideMs, FAR_FROM_MS, VERY_FAR_MS)
  const hasCome = rise(Math.max(longestStopMs, stoodMs), LIGHT_MS, LONG_STOP_MS)
  const share = (isDetour ? COMES_UP_ON_DETOURS : 1) * (1 - hasCome)
  return (COMES_UP_MS - lessMs) * rise(rideMs, SHORT_WAY_MS, LONG_WAY_MS) * share
}

function halfOfRideMs(rideMs: number, ride: RideProgress, stoodMs: number): number {
  const near = HALF_AT_DOOR_MS + HALF_PER_NEAR_MS * rideMs
  const far = HALF_FOR_A_STOP_MS + HALF_PER_FAR_MS * rideMs
  const narrower = 1 - (1 - HALF_AFTER_A_STOP) * hadItsStop(ride, stoodMs)
  return Math.min(near, far) * narrower + HALF_UNKNOWN_MS * (1 - rise(ride.movingMs, 0, KNOWN_AFTER_MS))
}

function halfOfStopMs(stoodMs: number): number {
  return Math.max(
    Math.min(HALF_PER_STOOD * stoodMs, HALF_STOOD_MS),
    Math.min(HALF_PER_LONG_STOOD * stoodMs, HALF_STOOD_AT_MOST_MS),
  )
}

/** 0 for a ride without a long stop, 1 after one; a rider who stands again may stand as long again. */
function hadItsStop({ longestStopMs }: RideProgress, stoodMs: number): number {
  return stoodMs > 0 ? 0 : rise(longestStopMs, LIGHT_MS, LONG_STOP_MS)
}

/** From 0 up to `from` to 1 from `to` on. */
function rise(value: number, from: number, to: number): number {
  return Math.min(Math.max((value - from) / (to - from), 0), 1)
}
