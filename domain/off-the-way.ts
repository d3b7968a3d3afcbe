import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { forEachSegment } from './each-segment.ts'

type Spot = Pick<Location, 'lat' | 'lng' | 'accuracyM'>

const OFF_M = 100
const FOR_MS = 20_000

/**
 * Whether the rider has left the way: for 20 s, by readings alone that are more than 100 m off it even at the near end of
 * their accuracy. One without an accuracy is taken at its word; one that cannot tell neither begins nor ends it.
 * `points` are the believed ones of this way, by seq.
 */
export function hasLeftTheWay(route: LatLng[], points: readonly Location[]): boolean {
  const newest = points.at(-1)
  if (!newest || whereabouts(route, newest) !== 'off') return false
  for (let index = points.length - 2; index >= 0; index -= 1) {
    const point = points[index]
    if (!point) break
    const where = whereabouts(route, point)
    if (where === 'on') return false
    if (where === 'off' && newest.recordedAtMs - point.recordedAtMs >= FOR_MS) return true
  }
  return false
}

/** As a quick look, for the point that has just come. */
export function isOffTheWay(route: LatLng[], point: Spot): boolean {
  return whereabouts(route, point) === 'off'
}

function whereabouts(route: LatLng[], { lat, lng, accuracyM = 0 }: Spot): 'on' | 'off' | 'uncertain' {
  if (route.length === 0) return 'on'
  let nearestM2 = Number.POSITIVE_INFINITY
  forEachSegment(route, [lat, lng], (_, offM2) => {
    if (offM2 < nearestM2) nearestM2 = offM2
  })
  const offM = Math.sqrt(nearestM2)
  if (offM <= OFF_M) return 'on'
  return offM - accuracyM > OFF_M ? 'off' : 'uncertain'
}
