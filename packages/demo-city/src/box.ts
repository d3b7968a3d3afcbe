import { inRing, type XY } from './flat-ground.ts'

type Box = { west: number; east: number; south: number; north: number }

const boxes = new WeakMap<readonly XY[], Box>()

/** The box around a line; remembered, because the same ring is asked about thousands of times. */
function boxOf(points: readonly XY[]): Box {
  const known = boxes.get(points)
  if (known) return known
  const box: Box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity }
  for (const [x, y] of points) {
    box.west = Math.min(box.west, x)
    box.east = Math.max(box.east, x)
    box.south = Math.min(box.south, y)
    box.north = Math.max(box.north, y)
  }
  boxes.set(points, box)
  return box
}

export function boxesMeet(one: readonly XY[], other: readonly XY[]): boolean {
  const [a, b] = [boxOf(one), boxOf(other)]
  return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north
}

/** As `inRing`, but quick to say no. */
export function inRingQuick(point: XY, ring: readonly XY[]): boolean {
  const { west, east, south, north } = boxOf(ring)
  const [x, y] = point
  return x >= west && x <= east && y >= south && y <= north && inRing(point, ring)
}
