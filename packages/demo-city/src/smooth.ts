import { distanceM, lerp, type XY } from './flat-ground.ts'

const STEPS = 6
/** Bends gentler than this stay a corner of two straight lines: nobody sees the difference. */
const STRAIGHT_RAD = 0.05

/** A curve through all of the points (Catmull–Rom): streets and rivers bend, they do not have corners. */
export function smoothLine(points: readonly XY[]): XY[] {
  const out: XY[] = []
  points.forEach((p1, i) => {
    out.push(p1)
    const p2 = points[i + 1]
    if (!p2) return
    const p0 = points[i - 1] ?? p1
    const p3 = points[i + 2] ?? p2
    if (turn(p0, p1, p2) < STRAIGHT_RAD && turn(p1, p2, p3) < STRAIGHT_RAD) return
    for (let step = 1; step < STEPS; step++) out.push(between(p0, p1, p2, p3, step / STEPS))
  })
  return out
}

export function smoothRing(ring: readonly XY[]): XY[] {
  const n = ring.length
  const at = (i: number) => ring[((i % n) + n) % n] ?? [0, 0]
  return ring.flatMap((_, i) =>
    Array.from({ length: STEPS }, (_, step) => between(at(i - 1), at(i), at(i + 1), at(i + 2), step / STEPS)),
  )
}

/** A ring with each corner cut to a curve that starts at most `radiusM` before it. */
export function roundCorners(ring: readonly XY[], radiusM: number): XY[] {
  return ring.flatMap((corner, i) => {
    const before = ring[(i + ring.length - 1) % ring.length] ?? corner
    const after = ring[(i + 1) % ring.length] ?? corner
    const start = towards(corner, before, radiusM)
    const end = towards(corner, after, radiusM)
    return [0, 0.25, 0.5, 0.75, 1].map((t) => lerp(lerp(start, corner, t), lerp(corner, end, t), t))
  })
}

function towards(from: XY, to: XY, upToM: number): XY {
  const lengthM = distanceM(from, to)
  return lerp(from, to, Math.min(0.5, upToM / lengthM))
}

function between(p0: XY, p1: XY, p2: XY, p3: XY, t: number): XY {
  const mix = (axis: 0 | 1) => {
    // Tangents are scaled to the segment they serve, so that a short segment beside a long one does not overshoot.
    const span = Math.hypot(p2[0] - p1[0], p2[1] - p1[1])
    const m1 = ((p2[axis] - p0[axis]) * span) / (Math.hypot(p2[0] - p0[0], p2[1] - p0[1]) || 1)
    const m2 = ((p3[axis] - p1[axis]) * span) / (Math.hypot(p3[0] - p1[0], p3[1] - p1[1]) || 1)
    const t2 = t * t
    const t3 = t2 * t
    return (
      (2 * t3 - 3 * t2 + 1) * p1[axis] +
      (t3 - 2 * t2 + t) * m1 +
      (-2 * t3 + 3 * t2) * p2[axis] +
      (t3 - t2) * m2
    )
  }
  return [mix(0), mix(1)]
}

function turn(a: XY, b: XY, c: XY): number {
  const first = Math.atan2(b[1] - a[1], b[0] - a[0])
  const second = Math.atan2(c[1] - b[1], c[0] - b[0])
  if (a === b || b === c) return 0
  const difference = Math.abs(first - second) % (2 * Math.PI)
  return Math.min(difference, 2 * Math.PI - difference)
}
