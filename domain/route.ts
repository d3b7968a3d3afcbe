import type { LatLng } from '#contracts/place.ts'
import { distanceM, pointBetween } from './geometry.ts'
import { snapToRoute } from './snap-to-route.ts'

export type RouteProgress = {
  /** From the start of the route to the point of it that is nearest to the rider. */
  alongM: number
  /** From the rider to that point, as the crow flies. */
  offRouteM: number
  remainingM: number
  totalM: number
}

/**
 * The same in the least memory. What comes out of a parser has room for more numbers in each point, and a route is most
 * of what is remembered of a delivery: 152 bytes a point instead of 32.
 */
export function tightRoute(route: readonly LatLng[]): LatLng[] {
  return route.map(([lat, lng]): LatLng => [lat, lng])
}

/** How far along `route` a rider at `at` is. An empty route is all zeros; a single point has a length of 0. */
export function progressAlongRoute(route: LatLng[], at: LatLng): RouteProgress {
  const snap = snapToRoute(route, at)
  if (!snap) return { alongM: 0, offRouteM: 0, remainingM: 0, totalM: 0 }
  const totalM = routeLengthM(route)
  const before = lengthsAlong(route)[snap.index] ?? 0
  const after = lengthsAlong(route)[snap.index + 1] ?? before
  const alongM = before + (after - before) * snap.fraction
  return { alongM, offRouteM: distanceM(at, snap.point), remainingM: totalM - alongM, totalM }
}

/** The point `alongM` metres from the start; the start or the end when that is off the route. */
export function pointAlong(route: LatLng[], alongM: number): LatLng {
  const first = route[0]
  if (!first) throw new RangeError('A route without points has no point along it')
  const lengths = lengthsAlong(route)
  const index = lengths.findIndex((lengthM) => lengthM > alongM)
  if (index === 0) return first
  const [from, to] = [route.at(index - 1), route.at(index)]
  // findIndex answers −1 beyond the end, where `at(-1)` is the last point.
  if (index === -1 || !from || !to) return route.at(-1) ?? first
  const before = lengths[index - 1] ?? 0
  const fraction = (alongM - before) / ((lengths[index] ?? before) - before)
  return pointBetween(from, to, fraction)
}

/** What is still to go: the point of the route nearest to `at`, then the rest of the route. */
export function remainingRoute(route: LatLng[], at: LatLng): LatLng[] {
  const snap = snapToRoute(route, at)
  if (!snap) return []
  const rest = route.slice(snap.index + 1)
  const [next] = rest
  return next && next[0] === snap.point[0] && next[1] === snap.point[1] ? rest : [snap.point, ...rest]
}

export function routeLengthM(route: LatLng[]): number {
  return lengthsAlong(route).at(-1) ?? 0
}

const known = new WeakMap<LatLng[], number[]>()

/** Metres from the start to each point. Remembered per array, because every location of a delivery asks again. */
export function lengthsAlong(route: LatLng[]): number[] {
  const remembered = known.get(route)
  if (remembered?.length === route.length) return remembered
  const lengths: number[] = []
  let totalM = 0
  route.forEach((point, index) => {
    const previous = route[index - 1]
    if (previous) totalM += distanceM(previous, point)
    lengths.push(totalM)
  })
  known.set(route, lengths)
  return lengths
}
