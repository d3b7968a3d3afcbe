import type { LatLng } from '#contracts/place.ts'
import { eastDeg } from './geometry.ts'
import { lengthsAlong } from './route.ts'

const METRES_PER_DEGREE = 111_195
const RADIANS_PER_DEG = Math.PI / 180

/**
 * The point of each segment that is nearest to `at`: how far along the route, its distance squared, and how much of the
 * segment is ahead of it if it is beside the segment. On a plane around `at`, also across the 180th meridian. Every point of every delivery comes here: no square roots, nothing allocated.
 */
export function forEachSegment(
  route: LatLng[],
  at: LatLng,
  visit: (alongM: number, offM2: number, aheadM: number) => void,
): void {
  const [first] = route
  if (!first) return
  const lengths = lengthsAlong(route)
  const perLng = METRES_PER_DEGREE * Math.cos(at[0] * RADIANS_PER_DEG)
  let fromX = eastDeg(at[1], first[1]) * perLng
  let fromY = (first[0] - at[0]) * METRES_PER_DEGREE
  let fromM = 0
  if (route.length === 1) visit(0, fromX * fromX + fromY * fromY, 0)
  for (let index = 1; index < route.length; index++) {
    const to = route[index] ?? first
    const toX = eastDeg(at[1], to[1]) * perLng
    const toY = (to[0] - at[0]) * METRES_PER_DEGREE
    const toM = lengths[index] ?? 0
    const dx = toX - fromX
    const dy = toY - fromY
    const squared = dx * dx + dy * dy
    let share = squared === 0 ? 0 : -(fromX * dx + fromY * dy) / squared
    if (share < 0) share = 0
    else if (share > 1) share = 1
    const x = fromX + dx * share
    const y = fromY + dy * share
    visit(fromM + (toM - fromM) * share, x * x + y * y, share === 0 ? 0 : (toM - fromM) * (1 - share))
    fromX = toX
    fromY = toY
    fromM = toM
  }
}
