import { drawTile, type TilePart } from '#demo-city/tiles/draw-tile.ts'
import { DRAWN_PX } from '#demo-city/tiles/mercator.ts'
import type { BasemapTheme } from '#demo-city/tiles/palette.ts'
import { forgetPlacedLabels } from '#demo-city/tiles/place-labels.ts'
import { readIn } from '#demo-city/tiles/reading.ts'
import type { Surface } from '#demo-city/tiles/surface.ts'

/** One part of one tile; a plain object, because a worker is told it. */
export type TileJob = {
  tile: { x: number; y: number; z: number }
  part: TilePart
  theme: BasemapTheme
  /** Its names come first. */
  language: string
  /** Width and height of the canvas. */
  sizePx: number
}

export function drawCityTile(ctx: Surface, { tile, part, theme, language, sizePx }: TileJob): void {
  if (readIn(language)) forgetPlacedLabels()
  ctx.scale(sizePx / DRAWN_PX, sizePx / DRAWN_PX)
  drawTile(ctx, tile, theme, part)
}
