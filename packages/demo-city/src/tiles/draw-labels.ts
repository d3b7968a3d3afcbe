import { fontOf, HALO_PX, type Label, LINE_HEIGHT, STREET_HALO_PX } from './label.ts'
import { boxesMeet, DRAWN_PX } from './mercator.ts'
import type { Palette } from './palette.ts'
import { type PlacedLabel, placedLabels } from './place-labels.ts'
import type { Surface } from './surface.ts'
import type { TileView } from './tile-view.ts'

/** The colours of Seoul's subway lines, as on every sign in the city. */
const SUBWAY: Record<string, string> = {
  '2': '#00a84d',
  '3': '#ef7c1c',
  '7': '#747f00',
  '9': '#b59b5b',
  B: '#e8a800',
  S: '#d4003b',
}

export function drawLabels(ctx: Surface, view: TileView, palette: Palette): void {
  const { left, top } = view
  const tile = { minX: left, minY: top, maxX: left + DRAWN_PX, maxY: top + DRAWN_PX }
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.lineJoin = 'round'
  for (const label of placedLabels(view.zoom)) {
    if (!boxesMeet(label.box, tile)) continue
    ctx.save()
    ctx.translate(label.x - left, label.y - top)
    ctx.rotate(label.angleRad)
    if (label.subwayLines) drawStation(ctx, label, label.subwayLines, palette)
    else drawText(ctx, label, 0, palette)
    ctx.restore()
  }
}

function drawText(ctx: Surface, label: Label, firstRowY: number, palette: Palette): void {
  const { kind, lines, sizePx, road } = label
  ctx.strokeStyle = road ? palette.road[road].fill : palette.halo
  ctx.fillStyle = palette.text[kind]
  ctx.lineWidth = road ? STREET_HALO_PX : HALO_PX
  for (const pass of ['strokeText', 'fillText'] as const) {
    lines.forEach((text, row) => {
      ctx.font = fontOf(label, row)
      ctx[pass](text, 0, firstRowY + (row - (lines.length - 1) / 2) * sizePx * LINE_HEIGHT)
    })
  }
}

/** The signs of the lines in a row, the name below them. */
function drawStation(ctx: Surface, label: PlacedLabel, lines: readonly string[], palette: Palette): void {
  const radius = label.sizePx * 0.56
  const step = radius * 2 + 1.5
  const signY = -(label.lines.length * label.sizePx * LINE_HEIGHT) / 2 - 1
  lines.forEach((line, i) => {
    const x = (i - (lines.length - 1) / 2) * step
    ctx.beginPath()
    ctx.arc(x, signY, radius + 1.2, 0, Math.PI * 2)
    ctx.fillStyle = palette.stationRing
    ctx.fill()
    ctx.beginPath()
    ctx.arc(x, signY, radius, 0, Math.PI * 2)
    ctx.fillStyle = SUBWAY[line] ?? palette.text.station
    ctx.fill()
    ctx.font = fontOf({ kind: 'station', sizePx: label.sizePx * 0.74, weight: 700 }, 0)
    ctx.fillStyle = '#ffffff'
    ctx.fillText(line, x, signY + 0.5)
  })
  drawText(ctx, label, radius, palette)
}
