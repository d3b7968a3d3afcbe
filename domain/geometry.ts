import { bearing } from '@turf/bearing'
import { distance } from '@turf/distance'
import type { LatLng } from '#contracts/place.ts'

/** Great-circle distance in metres: the haversine formula on a sphere of 6,371,008.8 m, as `@turf/distance` does it. */
export function distanceM(a: LatLng, b: LatLng): number {
  return distance([a[1], a[0]], [b[1], b[0]], { units: 'meters' })
}

const METRES_PER_DEG = (6_371_008.8 * Math.PI) / 180
/** More than rounding makes of a distance. */
const ROUNDING = 1e-6

/** Whether they are so far apart from north to south alone: to be asked before the distance, which takes far longer. */
export function isFurtherNorthOrSouth(a: Spot, b: Spot, metres: number): boolean {
  return Math.abs(a.lat - b.lat) * METRES_PER_DEG > metres * (1 + ROUNDING)
}

/** Whether even the detour, first along the meridian and then along an equator, is no longer. The same. */
export function isSurelyWithin(a: Spot, b: Spot, metres: number): boolean {
  return (Math.abs(a.lat - b.lat) + Math.abs(a.lng - b.lng)) * METRES_PER_DEG < metres * (1 - ROUNDING)
}

type Spot = { lat: number; lng: number }

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

/** Degrees east from one longitude to another, the shorter way round: −180…180. */
export function eastDeg(from: number, to: number): number {
  const deg = to - from
  return deg > 180 ? deg - 360 : deg < -180 ? deg + 360 : deg
}

/**
 * The point at `share` of the way from one to the other, also across the 180th meridian. Straight in degrees: over the
 * length of a street the difference to the great circle is under a millimetre. A way that maps have unrolled over the
 * meridian (180.001° for −179.999°) stays unrolled.
 */
export function pointBetween(from: LatLng, to: LatLng, share: number): LatLng {
  const turnDeg = eastDeg(from[1], to[1])
  const lng = from[1] + turnDeg * share
  const isUnrolled = turnDeg === to[1] - from[1]
  return [from[0] + (to[0] - from[0]) * share, isUnrolled ? lng : eastDeg(0, lng)]
}
