import type { LatLng } from '#contracts/place.ts'
import { eastDeg, pointBetween } from './geometry.ts'

export type Snap = {
  /** The segment runs from `route[index]` to `route[index + 1]`. */
  index: number
  /** Where on the segment, 0…1. */
  fraction: number
  point: LatLng
}

const RADIANS_PER_DEG = Math.PI / 180

/**
 * The point of `route` nearest to `at`; the earliest one when several are equally near; null for an empty route.
 *
 * Done on a plane around `at` (equirectangular projection), whose error over a city is far below that of a position
 * reading. `@turf/nearest-point-on-line` answers the same on the sphere but takes about 170 µs for 120 points, some 25
 * times as long.
 */
export function snapToRoute(route: LatLng[], at: LatLng): Snap | null {
  const [first] = route
  if (!first) return null
  const lngScale = Math.cos(at[0] * RADIANS_PER_DEG)
  const xOf = (point: LatLng) => eastDeg(at[1], point[1]) * lngScale
  const yOf = (point: LatLng) => point[0] - at[0]

  let best: Snap = { index: 0, fraction: 0, point: first }
  let bestSquared = xOf(first) ** 2 + yOf(first) ** 2
  let [fromX, fromY, from] = [xOf(first), yOf(first), first]
  for (let index = 0; index + 1 < route.length; index++) {
    const to = route[index + 1]
    if (!to) break
    const [toX, toY] = [xOf(to), yOf(to)]
    const [dx, dy] = [toX - fromX, toY - fromY]
    const lengthSquared = dx * dx + dy * dy
    const fraction = lengthSquared === 0 ? 0 : clamp01(-(fromX * dx + fromY * dy) / lengthSquared)
    const squared = (fromX + dx * fraction) ** 2 + (fromY + dy * fraction) ** 2
    if (squared < bestSquared) {
      bestSquared = squared
      best = { index, fraction, point: pointOfSegment(from, to, fraction) }
    }
    ;[fromX, fromY, from] = [toX, toY, to]
  }
  return best
}

function pointOfSegment(from: LatLng, to: LatLng, fraction: number): LatLng {
  if (fraction === 1) return to
  return pointBetween(from, to, fraction)
}

function clamp01(value: number): number {
  return Math.min(Math.max(value, 0), 1)
}
