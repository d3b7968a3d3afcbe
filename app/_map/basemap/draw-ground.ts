import { footprints } from './footprints.ts'
import { inBox, type MapFeatures } from './map-features.ts'
import { DRAWN_PX } from './mercator.ts'
import type { Palette } from './palette.ts'
import type { TileView } from './tile-view.ts'

const M_PER_PX_AT_ZOOM_0 = 156_543.03 * Math.cos((37.51 * Math.PI) / 180)
const PLOT_GREEN_ZOOM = 14
const SLABS_ZOOM = 15
const HOUSES_ZOOM = 16

/** Land, then what is green, then water: all that lies under the streets. */
export function drawGround(
  ctx: CanvasRenderingContext2D,
  view: TileView,
  features: MapFeatures,
  palette: Palette,
): void {
  ctx.fillStyle = palette.land
  ctx.fillRect(0, 0, DRAWN_PX, DRAWN_PX)
  fill(palette.riverside, inBox(features.riverside, view.box))
  for (const area of inBox(features.areas, view.box)) fill(palette.area[area.of.source.kind], [area])
  if (view.zoom >= PLOT_GREEN_ZOOM) {
    fill(
      palette.area.park,
      inBox(features.plots, view.box).filter((plot) => plot.of.cell.use === 'green'),
    )
  }
  drawWater(ctx, view, features, palette)

  function fill(colour: string, shapes: readonly { line: Float64Array }[]) {
    ctx.fillStyle = colour
    ctx.beginPath()
    for (const { line } of shapes) view.traceRing(ctx, line)
    ctx.fill()
  }
}

function drawWater(
  ctx: CanvasRenderingContext2D,
  view: TileView,
  features: MapFeatures,
  palette: Palette,
): void {
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  const streams = inBox(features.streams, view.box)
  const river = inBox([features.river], view.box)
  for (const [colour, edgePx] of [
    [palette.waterEdge, 1.2],
    [palette.water, 0],
  ] as const) {
    ctx.strokeStyle = colour
    ctx.fillStyle = colour
    for (const { line, of } of streams) {
      ctx.lineWidth = Math.max(1.2, (of.widthM * 2 ** view.zoom) / M_PER_PX_AT_ZOOM_0) + edgePx * 2
      ctx.beginPath()
      view.trace(ctx, line)
      ctx.stroke()
    }
    for (const { line } of river) {
      ctx.beginPath()
      view.traceRing(ctx, line)
      ctx.lineWidth = edgePx * 2
      if (edgePx) ctx.stroke()
      else ctx.fill()
    }
  }
}

export function drawHouses(
  ctx: CanvasRenderingContext2D,
  view: TileView,
  features: MapFeatures,
  palette: Palette,
): void {
  if (view.zoom < SLABS_ZOOM) return
  const plots = inBox(features.plots, view.box)
  ctx.beginPath()
  for (const { of: plot } of plots) {
    if (view.zoom < HOUSES_ZOOM && plot.cell.use !== 'slabs' && plot.grain !== 'offices') continue
    for (const house of footprints(plot)) view.traceRing(ctx, house)
  }
  ctx.fillStyle = palette.building
  ctx.fill()
  ctx.lineWidth = 0.7
  ctx.strokeStyle = palette.buildingEdge
  if (view.zoom >= HOUSES_ZOOM) ctx.stroke()
}
