import { distanceM, type XY } from './flat-ground.ts'

/** The ring around a line that is `widthM` wide: down its right side and back up its left. */
export function thickLine(points: readonly XY[], widthM: number): XY[] {
  const right: XY[] = []
  const left: XY[] = []
  points.forEach(([x, y], i) => {
    const before = points[i - 1] ?? [x, y]
    const after = points[i + 1] ?? [x, y]
    const spanM = distanceM(before, after) || 1
    const offX = ((after[1] - before[1]) / spanM) * (widthM / 2)
    const offY = ((before[0] - after[0]) / spanM) * (widthM / 2)
    right.push([x + offX, y + offY])
    left.push([x - offX, y - offY])
  })
  return [...right, ...left.reverse()]
}
