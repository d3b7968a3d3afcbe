import { distanceM, type XY } from './flat-ground.ts'

/** How far off the line a point may be left out. */
const TOLERANCE_M = 0.4

/** The same line with fewer points: those on the straight between their neighbours go, unless a gap would exceed `maxGapM`. */
export function withoutStraightPoints(points: readonly XY[], maxGapM = Number.POSITIVE_INFINITY): XY[] {
  const kept: XY[] = []
  let skipped: XY[] = []
  points.forEach((point, i) => {
    const last = kept[kept.length - 1]
    const next = points[i + 1]
    const straight =
      last !== undefined &&
      next !== undefined &&
      distanceM(last, next) <= maxGapM &&
      [...skipped, point].every((one) => offLineM(one, last, next) < TOLERANCE_M)
    if (straight) skipped.push(point)
    else {
      kept.push(point)
      skipped = []
    }
  })
  return kept
}

function offLineM(point: XY, from: XY, to: XY): number {
  const lengthM = distanceM(from, to)
  if (lengthM === 0) return distanceM(point, from)
  const cross = (to[0] - from[0]) * (from[1] - point[1]) - (from[0] - point[0]) * (to[1] - from[1])
  return Math.abs(cross) / lengthM
}
