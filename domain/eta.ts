import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import type { Eta } from '#contracts/snapshot.ts'
import { afterPoint, follow, paceMps, type RideProgress } from './ride-progress.ts'
import { routeLengthM } from './route.ts'
import { FIRST_RIDES, type UsualRides } from './usual-rides.ts'

/** Farther off the route than that, and than the route is long, is somewhere else: no arrival can be told. */
const ELSEWHERE_M = 2_000
/** Streets back to the route are longer than the way a crow flies. */
const STREETS_PER_CROW = 1.3

/** Something comes up on most ways that are not short: a light, a gate, a wrong turn. */
const COMES_UP_MS = 55_000
const [SHORT_WAY_MS, LONG_WAY_MS] = [140_000, 190_000]
/** Only of a rider who has ridden so long: before that, the usual pace is uncertain enough. */
const KNOWN_AFTER_MS = 20_000
/** A rider who had to stop more than once meets more of the same: what a light takes, for each stop after the first. */
const LIGHT_MS = 45_000
const SURE_AFTER_MS = 120_000

/** So long without coming on may be a slow reading; from then on the rider stands. */
const STANDS_AFTER_MS = 10_000
/** The rest of a stop grows as it lasts, up to so much; after minutes it grows again, slowly. */
const [REST_AT_LEAST_MS, REST_AT_MOST_MS] = [15_000, 55_000]
const [REST_GROWS, LONG_REST_GROWS] = [0.75, 0.2]
/** As near as that the rider is at the door. */
const AT_DOOR_M = 40

/** Half the width of the range: see docs/decisions/0021-an-arrival-that-is-judged.md. */
const HALF_AT_DOOR_MS = 40_000
const HALF_PER_TO_GO = 0.38
const HALF_PER_STOOD = 0.4
const HALF_STOOD_AT_MOST_MS = 300_000
/** Before the ride has shown its pace. */
const HALF_UNKNOWN = 1.4

export type EtaInput = {
  route: LatLng[]
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
 * own. The middle leans to the early side as the benchmark of the bench does (being told too late, one misses the
 * rider). `npm run bench -- eta` judges it, and the numbers above come from there.
 */
export function estimateArrival({
  route,
  progress,
  location,
  nowMs,
  usual = FIRST_RIDES,
}: EtaInput): Eta | null {
  const ride = afterPoint(progress, route, location)
  const followed = ride && follow(progress, route, location)
  if (!followed) return null
  const totalM = routeLengthM(route)
  if (followed.offRouteM > Math.max(ELSEWHERE_M, totalM)) return null

  // A device's clock that runs ahead must not postpone the arrival.
  const recordedAtMs = Math.min(location.recordedAtMs, nowMs)
  const wayM = totalM - followed.alongM + STREETS_PER_CROW * followed.offRouteM
  const rideMs = (wayM / paceMps(ride, usual.paceMps)) * 1_000
  const stoodMs = wayM < AT_DOOR_M ? 0 : Math.max(0, recordedAtMs - ride.moved.atMs - STANDS_AFTER_MS)
  const lights = (Math.max(0, ride.stops - 1) * LIGHT_MS) / (ride.riddenMs + SURE_AFTER_MS)
  const toGoMs = rideMs + Math.max(lights * rideMs + restOfStopMs(stoodMs), comesUpMs(rideMs, ride))

  const unknown = ride.movingMs < KNOWN_AFTER_MS ? HALF_UNKNOWN : 1
  const halfMs =
    (HALF_AT_DOOR_MS + HALF_PER_TO_GO * toGoMs * unknown) * usual.rangeFactor +
    Math.min(HALF_PER_STOOD * stoodMs, HALF_STOOD_AT_MOST_MS)
  const fromMs = Math.max(nowMs, Math.round(recordedAtMs + toGoMs - halfMs))
  return { fromMs, toMs: Math.max(fromMs + 1, Math.round(nowMs + toGoMs + halfMs)) }
}

/** How much longer a stop that has lasted so long may last. */
function restOfStopMs(stoodMs: number): number {
  if (stoodMs === 0) return 0
  const grown = REST_AT_LEAST_MS + REST_GROWS * stoodMs
  return Math.max(Math.min(grown, REST_AT_MOST_MS), LONG_REST_GROWS * stoodMs)
}

function comesUpMs(rideMs: number, { movingMs }: RideProgress): number {
  const long = Math.min(Math.max((rideMs - SHORT_WAY_MS) / (LONG_WAY_MS - SHORT_WAY_MS), 0), 1)
  return COMES_UP_MS * long * Math.min(movingMs / KNOWN_AFTER_MS, 1)
}
