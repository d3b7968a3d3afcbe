import { bearing } from '@turf/bearing'
import { distance } from '@turf/distance'
import type { LatLng } from '#contracts/place.ts'

/** Great-circle distance in metres: the haversine formula on a sphere of 6,371,008.8 m, as `@turf/distance` does it. */
export function distanceM(a: LatLng, b: LatLng): number {
  return distance([a[1], a[0]], [b[1], b[0]], { units: 'meters' })
}

/**
 * Initial great-circle bearing from `a` to `b`, degrees clockwise from north, 0 ≤ x < 360.
 * Formula: `@turf/bearing`, which answers −180…180. Two equal points answer 0.
 */
export function bearingDeg(a: LatLng, b: LatLng): number {
  const deg = bearing([a[1], a[0]], [b[1], b[0]])
  if (deg >= 0) return deg
  const turned = deg + 360
  // A tiny negative angle is rounded up to exactly 360 by the addition.
  return turned < 360 ? turned : 0
}
