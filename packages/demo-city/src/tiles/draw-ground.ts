import { footprints } from './footprints.ts'
import { inBox, type MapFeatures } from './map-features.ts'
import { DRAWN_PX, type Line } from './mercator.ts'
import type { Palette } from './palette.ts'
import type { Surface } from './surface.ts'
import type { TileView } from './tile-view.ts'

const M_PER_PX_AT_ZOOM_0 = 156_543.03 * Math.cos((37.51 * Math.PI) / 180)
const STRIP_OVERLAP_M = 26
const PLOTS_ZOOM = 14
const SLABS_ZOOM = 15
const HOUSES_ZOOM = 16
const HOUSE_EDGES_ZOOM = 17

/** Land, then what is green, then water: all that lies under the streets. */
export function drawGround(ctx: Surface, view: TileView, features: MapFeatures, palette: Palette): void {
  ctx.fillStyle = palette.land
  ctx.fillRect(0, 0, DRAWN_PX, DRAWN_PX)
  if (view.zoom >= PLOTS_ZOOM) {
    const plots = inBox(features.plots, view.box)
    fill(
      palette.area.park,
      plots.filter((plot) => plot.of.cell.use === 'green'),
    )
    fill(
      palette.complex,
      plots.filter((plot) => plot.of.cell.use === 'slabs'),
    )
  }
  const riverside = inBox(features.riverside, view.box)
  fill(palette.riverside, riverside)
  // The strips follow the banks only roughly: drawn a little fatter, with the water over them, no gap shows.
  ctx.strokeStyle = palette.riverside
  ctx.lineWidth = STRIP_OVERLAP_M * pxPerM(view)
  ctx.beginPath()
  for (const { line } of riverside) view.traceRing(ctx, line)
  ctx.stroke()
  for (const area of inBox(features.areas, view.box)) fill(palette.area[area.of.source.kind], [area])
  drawWater(ctx, view, features, palette)

  function fill(colour: string, shapes: readonly { line: Line }[]) {
    ctx.fillStyle = colour
    ctx.beginPath()
    for (const { line } of shapes) view.traceRing(ctx, line)
    ctx.fill()
  }
}

function pxPerM({ zoom }: TileView): number {
  return 2 ** zoom / M_PER_PX_AT_ZOOM_0
}

function drawWater(ctx: Surface, view: TileView, features: MapFeatures, palette: Palette): void {
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  const streams = inBox(features.streams, view.box)
  const river = inBox([features.river], view.box)
  const scale = pxPerM(view)
  const strokeStream = ({ line }: { line: Line }, widthPx: number) => {
    ctx.lineWidth = widthPx
    ctx.beginPath()
    view.trace(ctx, line)
    ctx.stroke()
  }
  ctx.strokeStyle = palette.riverside
  for (const stream of streams) strokeStream(stream, (stream.of.widthM + 2 * stream.of.bankM) * scale)
  for (const [colour, edgePx] of [
    [palette.waterEdge, 1.2],
    [palette.water, 0],
  ] as const) {
    ctx.strokeStyle = colour
    ctx.fillStyle = colour
    for (const stream of streams) strokeStream(stream, Math.max(1.2, stream.of.widthM * scale) + edgePx * 2)
    for (const { line } of river) {
      ctx.beginPath()
      view.traceRing(ctx, line)
      ctx.lineWidth = edgePx * 2
      if (edgePx) ctx.stroke()
      else ctx.fill()
    }
  }
}

export function drawHouses(ctx: Surface, view: TileView, features: MapFeatures, palette: Palette): void {
  if (view.zoom < SLABS_ZOOM) return
  const plots = inBox(features.plots, view.box)
  ctx.beginPath()
  for (const { of: plot } of plots) {
    if (view.zoom < HOUSES_ZOOM && plot.cell.use !== 'slabs') continue
    for (const house of footprints(plot)) view.traceRing(ctx, house)
  }
  ctx.fillStyle = view.zoom >= HOUSES_ZOOM ? palette.building : palette.buildingFar
  ctx.fill()
  ctx.lineWidth = 0.7
  ctx.strokeStyle = palette.buildingEdge
  if (view.zoom >= HOUSE_EDGES_ZOOM) ctx.stroke()
}
