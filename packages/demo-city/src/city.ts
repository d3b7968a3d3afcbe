import { AREAS, type AreaSource } from './areas.ts'
import { backStreetName } from './back-street-name.ts'
import { sidesOf } from './block-sides.ts'
import { BLOCKS, type BlockGrain } from './blocks.ts'
import { inRingQuick } from './box.ts'
import { toXY, type XY } from './flat-ground.ts'
import { namedStreets } from './named-streets.ts'
import { outsideOf } from './outside-of.ts'
import { parsePoints } from './parse-points.ts'
import { Patch } from './patch.ts'
import { seededRandom } from './random.ts'
import { roundCorners, smoothLine, smoothRing } from './smooth.ts'
import type { StreetKind } from './streets.ts'
import { type BackStreetKind, type Cell, subdivide } from './subdivide.ts'
import { thickLine } from './thick-line.ts'
import { STREAMS } from './water.ts'
import { withoutStraightPoints } from './without-straight-points.ts'

export type RoadKind = StreetKind | BackStreetKind
export type Road = { kind: RoadKind; points: readonly XY[]; name: string; nameKo: string }
export type Area = { source: AreaSource; ring: readonly XY[] }
/** A piece of a block between its streets, still in the block's unit square: `patch` lays it on the ground. */
export type Plot = { patch: Patch; cell: Cell; grain: BlockGrain }
export type City = {
  roads: readonly Road[]
  areas: readonly Area[]
  plots: readonly Plot[]
  /** Where neither back streets nor houses may be: the areas, and the streams with their banks. */
  closed: readonly { ring: readonly XY[] }[]
}

const NO_NAME = { name: '', nameKo: '' }
/** Parks have round corners, built-up grounds nearly square ones. */
const CORNER_M = { park: 45, lake: 60, precinct: 10, school: 10 }

let built: City | undefined

/** The demo area's streets, areas and plots; made from the data files on first use, always the same. */
export function city(): City {
  built ??= buildCity()
  return built
}

function buildCity(): City {
  const areas = AREAS.map((source) => ({ source, ring: ringOf(source) }))
  const closed = [...areas, ...streamRings()]
  const roads: Road[] = [...namedStreets()]
  const plots: Plot[] = []
  for (const { corners, grain } of BLOCKS) {
    const sides = sidesOf(corners)
    const patch = new Patch(sides.north.edge, sides.south.edge, sides.west.edge, sides.east.edge)
    const { cuts, cells } = subdivide(patch.widthM, patch.heightM, grain, seededRandom(corners.join()))
    for (const cut of cuts) {
      const line = Array.from({ length: 9 }, (_, i) =>
        patch.at(
          cut.from[0] + ((cut.to[0] - cut.from[0]) * i) / 8,
          cut.from[1] + ((cut.to[1] - cut.from[1]) * i) / 8,
        ),
      )
      const name =
        cut.kind === 'local'
          ? backStreetName(
              line,
              cut.from[0] === cut.to[0] ? [sides.south, sides.north] : [sides.west, sides.east],
            )
          : NO_NAME
      for (const points of outsideOf(withoutStraightPoints(line), closed))
        roads.push({ kind: cut.kind, points, ...name })
    }
    for (const cell of cells) {
      if (!isCovered(patch, cell, closed)) plots.push({ patch, cell, grain })
    }
  }
  for (const { source, ring } of areas) {
    const first = ring[0]
    if (source.ringStreet && first) roads.push({ kind: 'local', points: [...ring, first], ...NO_NAME })
  }
  return { roads, areas, plots, closed }
}

/** A plot all within parks is no plot; one that only reaches into a park loses the houses there. */
function isCovered(
  patch: Patch,
  { u0, u1, v0, v1 }: Cell,
  closed: readonly { ring: readonly XY[] }[],
): boolean {
  const points = [patch.at(u0, v0), patch.at(u1, v0), patch.at(u1, v1), patch.at(u0, v1)]
  return points.every((point) => closed.some(({ ring }) => inRingQuick(point, ring)))
}

/** In short pieces, so that a street far from any of them is quickly known to be clear. */
function streamRings(): { ring: XY[] }[] {
  return STREAMS.flatMap(({ path, widthM, bankM }) => {
    const line = smoothLine(parsePoints(path).map(toXY))
    return line
      .slice(0, -1)
      .flatMap((_, i) => (i % 4 === 0 ? [{ ring: thickLine(line.slice(i, i + 5), widthM + 2 * bankM) }] : []))
  })
}

function ringOf({ kind, ring }: AreaSource): XY[] {
  const points = parsePoints(ring).map(toXY)
  return kind === 'wood' ? smoothRing(points) : roundCorners(points, CORNER_M[kind])
}
