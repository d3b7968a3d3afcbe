import { BRIDGES } from '../bridges.ts'
import { type Area, city, type Plot, type Road } from '../city.ts'
import { toXY, type XY } from '../flat-ground.ts'
import { parsePoints } from '../parse-points.ts'
import { smoothLine, smoothRing } from '../smooth.ts'
import { HAN_RIVER, RIVERSIDE_PARKS, STREAMS } from '../water.ts'
import { type Box, boxesMeet, boxOf, type Line, projectLine } from './mercator.ts'

export type Shape<T> = { line: Line; box: Box; of: T }

/** Everything that is drawn, projected once. */
export type MapFeatures = {
  roads: readonly Shape<Road>[]
  bridges: readonly Shape<Road>[]
  areas: readonly Shape<Area>[]
  plots: readonly Shape<Plot>[]
  river: Shape<null>
  riverside: readonly Shape<null>[]
  streams: readonly Shape<{ widthM: number; bankM: number }>[]
}

let projected: MapFeatures | undefined

export function mapFeatures(): MapFeatures {
  projected ??= projectAll()
  return projected
}

export function inBox<T>(shapes: readonly Shape<T>[], box: Box): Shape<T>[] {
  return shapes.filter((shape) => boxesMeet(shape.box, box))
}

function projectAll(): MapFeatures {
  const { roads, areas, plots } = city()
  return {
    roads: roads.map((road) => shape(road.points, road)),
    bridges: BRIDGES.map(({ path, name, nameKo }) => {
      const points = smoothLine(xys(path))
      return shape(points, { kind: 'primary' as const, points, name, nameKo })
    }),
    areas: areas.map((area) => shape(area.ring, area)),
    plots: plots.map((plot) => shape(plotCorners(plot), plot)),
    river: shape(smoothRing(xys(HAN_RIVER.ring)), null),
    riverside: RIVERSIDE_PARKS.map(({ ring }) => shape(xys(ring), null)),
    streams: STREAMS.map(({ path, widthM, bankM }) => shape(smoothLine(xys(path)), { widthM, bankM })),
  }
}

function plotCorners({ patch, cell: { u0, u1, v0, v1 } }: Plot): XY[] {
  return [patch.at(u0, v0), patch.at(u1, v0), patch.at(u1, v1), patch.at(u0, v1)]
}

function xys(text: string): XY[] {
  return parsePoints(text).map(toXY)
}

function shape<T>(points: readonly XY[], of: T): Shape<T> {
  const line = projectLine(points)
  return { line, box: boxOf(line), of }
}
