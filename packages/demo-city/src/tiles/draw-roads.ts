import type { Road, RoadKind } from '../city.ts'
import { inBox, type MapFeatures, type Shape } from './map-features.ts'
import type { Palette } from './palette.ts'
import { casingPx, roadWidthPx } from './road-widths.ts'
import type { Surface } from './surface.ts'
import type { TileView } from './tile-view.ts'

/** From the bottom up. Casings all come before fills, so that streets open into one another where they meet. */
const ON_THE_GROUND: readonly RoadKind[] = ['lane', 'local', 'secondary', 'primary']

export function drawRoads(ctx: Surface, view: TileView, features: MapFeatures, palette: Palette): void {
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  const roads = inBox(features.roads, view.box)
  const bridges = inBox(features.bridges, view.box)
  drawLevel(roads, ON_THE_GROUND)
  drawLevel(roads, ['motorway'])
  // A bridge ends where its street begins: no round end over the street's own edge.
  ctx.lineCap = 'butt'
  drawLevel(bridges, ['primary'])

  function drawLevel(level: readonly Shape<Road>[], kinds: readonly RoadKind[]) {
    for (const part of ['casing', 'fill'] as const) {
      for (const kind of kinds) {
        const width = roadWidthPx(kind, view.zoom)
        const casing = casingPx(kind, view.zoom)
        if (width === 0 || (part === 'casing' && casing === 0)) continue
        ctx.strokeStyle = palette.road[kind][part]
        ctx.lineWidth = part === 'casing' ? width + casing * 2 : width
        ctx.beginPath()
        for (const { line, of } of level) if (of.kind === kind) view.trace(ctx, line)
        ctx.stroke()
      }
    }
  }
}
