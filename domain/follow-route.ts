import type { LatLng } from '#contracts/place.ts'
import { forEachSegment } from './each-segment.ts'

/** How far along the route a rider was, and when. */
type Spot = { alongM: number; atMs: number }
export type Followed = { alongM: number; offRouteM: number }

export type Reading = {
  at: LatLng
  atMs: number
  accuracyM?: number | undefined
  speedMps?: number | undefined
}

/** Half of a told radius of 95 %, within what receivers are really good for. */
const [BEST_SPREAD_M, USUAL_SPREAD_M, WORST_SPREAD_M] = [5, 10, 50]
/** 108 km/h: farther on than that needs very good reasons, which are a rider far off any nearer part of the route. */
const REACH_MPS = 30
const REACH_SLACK_M = 50
const BEYOND_REACH = 400
/** On the way back the rider is followed, too, but a street that is ridden both ways is rather ridden forwards. */
const BACKWARDS = 2

/** The standard deviation of a reading, as far as its accuracy tells. */
export function spreadM(accuracyM: number | undefined): number {
  return accuracyM === undefined
    ? USUAL_SPREAD_M
    : Math.min(Math.max(accuracyM / 2, BEST_SPREAD_M), WORST_SPREAD_M)
}

/**
 * How far along the route a reading is, remembering where the rider was: of all parts of the route near the reading the
 * one that a rider at `paceMps` would have come to since. So on a street out and back, or where the route crosses
 * itself, progress goes on instead of jumping to where the same place is passed again.
 *
 * Without a memory the earliest of all parts that are about equally near.
 */
export function followRoute(
  route: LatLng[],
  reading: Reading,
  last: Spot | null,
  paceMps: number,
): Followed | null {
  return last === null ? firstNear(route, reading) : mostLikely(route, reading, last, paceMps)
}

function firstNear(route: LatLng[], { at, accuracyM }: Reading): Followed | null {
  let nearestM2 = Number.POSITIVE_INFINITY
  forEachSegment(route, at, (_, offM2) => {
    if (offM2 < nearestM2) nearestM2 = offM2
  })
  const withinM = Math.sqrt(nearestM2) + 2 * spreadM(accuracyM)
  let [foundM, foundOffM2, hasLeft] = [Number.NaN, Number.POSITIVE_INFINITY, false]
  forEachSegment(route, at, (alongM, offM2) => {
    if (hasLeft) return
    const isNear = offM2 <= withinM * withinM
    // The same place once more, further on: the start of a way out and back.
    if (!isNear || alongM > foundM + withinM) hasLeft = !Number.isNaN(foundM)
    else if (offM2 <= foundOffM2) [foundM, foundOffM2] = [alongM, offM2]
  })
  return Number.isNaN(foundM) ? null : { alongM: foundM, offRouteM: Math.sqrt(foundOffM2) }
}

function mostLikely(route: LatLng[], reading: Reading, last: Spot, paceMps: number): Followed | null {
  const seconds = Math.max(0, (reading.atMs - last.atMs) / 1_000)
  const spread = spreadM(reading.accuracyM)
  const expectedM = (reading.speedMps ?? paceMps) * seconds
  const farM = 1.6 * expectedM + 10
  const reachM = Math.max(REACH_MPS, 2 * paceMps) * seconds + REACH_SLACK_M + 2 * spread
  const looseM = spread + 10 + 5 * seconds

  let [bestCost, bestM, bestOffM2] = [Number.POSITIVE_INFINITY, 0, 0]
  forEachSegment(route, reading.at, (alongM, offM2) => {
    const movedM = alongM - last.alongM
    let cost = offM2 / spread ** 2 + ((movedM - expectedM) / (3 * looseM)) ** 2
    if (movedM < -spread) cost += ((movedM + spread) / looseM) ** 2 * BACKWARDS
    if (movedM > farM) cost += ((movedM - farM) / looseM) ** 2
    if (movedM > reachM || movedM < -reachM) cost += BEYOND_REACH
    if (cost >= bestCost) return
    bestCost = cost
    bestM = alongM
    bestOffM2 = offM2
  })
  return bestCost < Number.POSITIVE_INFINITY ? { alongM: bestM, offRouteM: Math.sqrt(bestOffM2) } : null
}
