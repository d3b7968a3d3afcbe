import { forEachSegment } from './each-segment.ts'
import { type Followed, type Reading, spreadM } from './follow-route.ts'
import { routeLengthM } from './route.ts'
import { LEAST_STREETS_PER_CROW, STREETS_PER_CROW, type Way } from './way.ts'

/** How far on along a straight street it is best to come back to it, per metre that the rider is off it. */
const SLANT = 1 / Math.sqrt(STREETS_PER_CROW ** 2 - 1)
/** Who rides beside the route comes back to it within so much of it; farther on it may lead past anywhere. */
const REJOINS_WITHIN_M = 1_000
/** So many standard deviations of a reading off the route are still on it. */
const ON_ROUTE_SPREADS = 3

/** Farther off than readings err. */
export function isOffRoute(accuracyM: number | undefined, offRouteM: number): boolean {
  return offRouteM > ON_ROUTE_SPREADS * spreadM(accuracyM)
}

/**
 * How far it is to the end of the way; of a straight one, by the streets that there will be. A rider who is off it, in a parallel street say, does not turn round for where
 * they left it: of all ways back to it further on, the one that makes the whole way shortest.
 */
export function wayToGoM(
  { route, routed }: Pick<Way, 'route' | 'routed'>,
  { at, accuracyM }: Pick<Reading, 'at' | 'accuracyM'>,
  { alongM, offRouteM }: Followed,
): number {
  const restM = routeLengthM(route) - alongM
  if (!routed) return LEAST_STREETS_PER_CROW * restM
  if (!isOffRoute(accuracyM, offRouteM)) return restM
  let moreM = STREETS_PER_CROW * offRouteM
  forEachSegment(route, at, (nearestM, offM2, aheadM) => {
    const skippedM = nearestM - alongM
    if (skippedM < 0 || skippedM > REJOINS_WITHIN_M) return
    const slantM = Math.min(SLANT * Math.sqrt(offM2), aheadM)
    moreM = Math.min(moreM, STREETS_PER_CROW * Math.sqrt(offM2 + slantM * slantM) - slantM - skippedM)
  })
  return restM + moreM
}
