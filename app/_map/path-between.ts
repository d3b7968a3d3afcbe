import type { LatLng } from '#contracts/place.ts'
import { distanceM } from '#domain/geometry.ts'
import { pointAlong, progressAlongRoute } from '#domain/route.ts'
import { nearestCopy } from './nearest-copy.ts'

/** Up to this distance the rider counts as on the planned street; phones err by that much between tall houses. */
const ON_ROUTE_M = 30
/** A smaller backward movement is the noise of a standing rider's readings. */
const NOISE_M = 15
/** If the way along the route is longer than the straight line by this factor, the rider did not take it. */
const DETOUR_FACTOR = 2.5
const DETOUR_M = 60

/**
 * The path to draw between two reported positions: along the planned route when both are on it, so that the marker does not
 * ride through houses; otherwise a straight line. Always starts at `from`.
 */
export function pathBetween(from: LatLng, to: LatLng, route: LatLng[]): LatLng[] {
  if (route.length < 2) return [from, to]
  const start = progressAlongRoute(route, from)
  const end = progressAlongRoute(route, to)
  if (start.offRouteM > ON_ROUTE_M || end.offRouteM > ON_ROUTE_M) return [from, to]
  const forwardM = end.alongM - start.alongM
  if (forwardM <= 0 && forwardM > -NOISE_M) return [from]
  if (forwardM < 0 || forwardM > distanceM(from, to) * DETOUR_FACTOR + DETOUR_M) return [from, to]
  return [
    from,
    ...verticesBetween(route, start.alongM, end.alongM),
    nearestCopy(pointAlong(route, end.alongM), to[1]),
  ]
}

/** Where the marker is put for a reported position: on the street when it is that close to it. */
export function onStreet(at: LatLng, route: LatLng[]): LatLng {
  if (!isOnStreet(at, route)) return at
  return nearestCopy(pointAlong(route, progressAlongRoute(route, at).alongM), at[1])
}

export function isOnStreet(at: LatLng, route: LatLng[]): boolean {
  return route.length > 1 && progressAlongRoute(route, at).offRouteM <= ON_ROUTE_M
}

function verticesBetween(route: LatLng[], fromM: number, toM: number): LatLng[] {
  let alongM = 0
  return route.filter((point, index) => {
    const previous = route[index - 1]
    if (previous) alongM += distanceM(previous, point)
    return alongM > fromM && alongM < toM
  })
}
