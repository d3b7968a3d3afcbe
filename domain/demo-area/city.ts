import { AREAS, type AreaSource } from './areas.ts'
import { BLOCKS, type BlockGrain, ODD_BLOCKS } from './blocks.ts'
import { CROSSINGS } from './crossings.ts'
import { toXY, type XY } from './flat-ground.ts'
import { parsePoints } from './lat-lng.ts'
import { outsideOf } from './outside-of.ts'
import { Edge, Patch } from './patch.ts'
import { seededRandom } from './random.ts'
import { smoothLine, smoothRing } from './smooth.ts'
import { STREETS, type StreetKind, type StreetSource } from './streets.ts'
import { type BackStreetKind, type Cell, subdivide } from './subdivide.ts'
import { withoutStraightPoints } from './without-straight-points.ts'

export type RoadKind = StreetKind | BackStreetKind
export type Road = { kind: RoadKind; points: readonly XY[]; street?: StreetSource }
export type Area = { source: AreaSource; ring: readonly XY[] }
/** A piece of a block between its streets, still in the block's unit square: `patch` lays it on the ground. */
export type Plot = { patch: Patch; cell: Cell; grain: BlockGrain }
export type City = { roads: readonly Road[]; areas: readonly Area[]; plots: readonly Plot[] }

let built: City | undefined

/** The demo area's streets, areas and plots; made from the data files on first use, always the same. */
export function city(): City {
  built ??= buildCity()
  return built
}

function buildCity(): City {
  const areas = AREAS.map((source) => ({ source, ring: smoothArea(source) }))
  const named: Road[] = STREETS.map((street) => ({
    kind: street.kind,
    street,
    points: smoothLine(pathOf(street)),
  }))
  const roads: Road[] = [...named]
  const plots: Plot[] = []
  for (const { corners, grain } of allBlocks()) {
    const [nw, ne, se, sw] = corners
    const patch = new Patch(
      edge(nw, ne, named),
      edge(sw, se, named),
      edge(nw, sw, named),
      edge(ne, se, named),
    )
    const { cuts, cells } = subdivide(patch.widthM, patch.heightM, grain, seededRandom(corners.join()))
    for (const { kind, from, to } of cuts) {
      const line = Array.from({ length: 9 }, (_, i) =>
        patch.at(from[0] + ((to[0] - from[0]) * i) / 8, from[1] + ((to[1] - from[1]) * i) / 8),
      )
      for (const points of outsideOf(withoutStraightPoints(line), areas)) roads.push({ kind, points })
    }
    for (const cell of cells) plots.push({ patch, cell, grain })
  }
  for (const { source, ring } of areas) {
    const first = ring[0]
    if (source.lane && first) roads.push({ kind: 'lane', points: [...ring, first] })
  }
  return { roads, areas, plots }
}

function allBlocks(): { corners: [string, string, string, string]; grain: BlockGrain }[] {
  const regular = BLOCKS.map(({ north, south, west, east, grain }) => ({
    corners: [`${north}/${west}`, `${north}/${east}`, `${south}/${east}`, `${south}/${west}`] as [
      string,
      string,
      string,
      string,
    ],
    grain,
  }))
  return [...regular, ...ODD_BLOCKS]
}

export function crossing(key: string): XY {
  const point = CROSSINGS[key]
  if (!point) throw new Error(`No such crossing: ${key}`)
  return toXY(point)
}

function pathOf(street: StreetSource): XY[] {
  return street.path
    .split(' ')
    .flatMap((word) => (word.includes('/') ? [crossing(word)] : parsePoints(word).map(toXY)))
}

/** Built-up areas keep their corners; hills and parks are round. */
function smoothArea(source: AreaSource): XY[] {
  const ring = parsePoints(source.ring).map(toXY)
  return source.kind === 'wood' ? smoothRing(ring) : ring
}

/** The side of a block: the piece of a named street between two crossings, or a straight line where no street runs. */
function edge(fromKey: string, toKey: string, named: readonly Road[]): Edge {
  const from = crossing(fromKey)
  const to = crossing(toKey)
  const isAt = (a: XY) => (b: XY) => a[0] === b[0] && a[1] === b[1]
  for (const { points } of named) {
    const start = points.findIndex(isAt(from))
    const end = points.findIndex(isAt(to))
    if (start >= 0 && end >= 0) {
      return new Edge(start <= end ? points.slice(start, end + 1) : points.slice(end, start + 1).reverse())
    }
  }
  return new Edge([from, to])
}
