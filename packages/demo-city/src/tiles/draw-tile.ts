import { drawGround, drawHouses } from './draw-ground.ts'
import { drawLabels } from './draw-labels.ts'
import { drawRoads } from './draw-roads.ts'
import { mapFeatures } from './map-features.ts'
import { type BasemapTheme, PALETTES } from './palette.ts'
import { TileView } from './tile-view.ts'

/** Draws one tile, bottom to top. The context is already scaled to the screen's pixels. */
export function drawTile(
  ctx: CanvasRenderingContext2D,
  tile: { x: number; y: number; z: number },
  theme: BasemapTheme,
): void {
  const view = new TileView(tile)
  const features = mapFeatures()
  const palette = PALETTES[theme]
  drawGround(ctx, view, features, palette)
  drawHouses(ctx, view, features, palette)
  drawRoads(ctx, view, features, palette)
  drawLabels(ctx, view, palette)
}
