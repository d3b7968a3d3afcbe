import { boxesMeet } from './box.ts'
import { distanceM, inRing, lerp, type XY } from './flat-ground.ts'
import { withoutStraightPoints } from './without-straight-points.ts'

const STEP_M = 8
/** Stubs shorter than this are not worth a street. */
const SHORTEST_M = 20

/** The pieces of a line that lie outside of all the areas: a back street ends where a park begins. */
export function outsideOf(line: readonly XY[], areas: readonly { ring: readonly XY[] }[]): XY[][] {
  const near = areas.filter(({ ring }) => boxesMeet(line, ring))
  if (near.length === 0) return [[...line]]
  const inside = (point: XY) => near.some(({ ring }) => inRing(point, ring))

  const pieces: XY[][] = []
  let piece: XY[] = []
  let previous: XY | undefined
  for (const point of inSmallSteps(line)) {
    const edge =
      previous && inside(previous) !== inside(point) ? borderBetween(previous, point, inside) : undefined
    if (edge) piece.push(edge)
    if (edge && inside(point)) {
      pieces.push(piece)
      piece = []
    }
    if (!inside(point)) piece.push(point)
    previous = point
  }
  pieces.push(piece)
  return pieces
    .filter((points) => lengthOf(points) >= SHORTEST_M)
    .map((points) => withoutStraightPoints(points))
}

function inSmallSteps(line: readonly XY[]): XY[] {
  const out: XY[] = []
  line.forEach((point, i) => {
    const next = line[i + 1]
    out.push(point)
    if (!next) return
    const steps = Math.ceil(distanceM(point, next) / STEP_M)
    for (let step = 1; step < steps; step++) out.push(lerp(point, next, step / steps))
  })
  return out
}

function borderBetween(a: XY, b: XY, inside: (point: XY) => boolean): XY {
  let [from, to] = [a, b]
  const fromInside = inside(a)
  for (let i = 0; i < 8; i++) {
    const middle = lerp(from, to, 0.5)
    if (inside(middle) === fromInside) from = middle
    else to = middle
  }
  return lerp(from, to, 0.5)
}

function lengthOf(points: readonly XY[]): number {
  return points.reduce((sum, point, i) => sum + (i ? distanceM(points[i - 1] ?? point, point) : 0), 0)
}
