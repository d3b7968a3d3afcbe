import { CITY_EXTENT, RIM_SHARE } from '../extent.ts'
import { drawGround, drawHouses } from './draw-ground.ts'
import { drawLabels } from './draw-labels.ts'
import { drawRoads } from './draw-roads.ts'
import { mapFeatures } from './map-features.ts'
import { DRAWN_PX, projectLatLng, worldPx } from './mercator.ts'
import { type BasemapTheme, PALETTES } from './palette.ts'
import type { Surface } from './surface.ts'
import { TileView } from './tile-view.ts'

/** Names are tiles of their own: ways are drawn between them and the ground. */
export type TilePart = 'ground' | 'names'

/** Draws one part of a tile, bottom to top. The context is already scaled to the screen's pixels. */
export function drawTile(
  ctx: Surface,
  tile: { x: number; y: number; z: number },
  theme: BasemapTheme,
  part: TilePart,
): void {
  const view = new TileView(tile)
  const palette = PALETTES[theme]
  if (part === 'names') drawLabels(ctx, view, palette)
  else {
    const features = mapFeatures()
    drawGround(ctx, view, features, palette)
    drawHouses(ctx, view, features, palette)
    drawRoads(ctx, view, features, palette)
  }
  fadeRim(ctx, view)
}

/** Towards the rim of what is drawn the tile becomes transparent: a map that ends in a cut looks broken. */
function fadeRim(ctx: Surface, { zoom, left, top }: TileView): void {
  const [x0 = 0, y0 = 0] = projectLatLng([CITY_EXTENT.north, CITY_EXTENT.west])
  const [x1 = 0, y1 = 0] = projectLatLng([CITY_EXTENT.south, CITY_EXTENT.east])
  const scale = worldPx(zoom)
  const [west, east] = [x0 * scale - left, x1 * scale - left]
  const [north, south] = [y0 * scale - top, y1 * scale - top]
  const [rimX, rimY] = [(east - west) * RIM_SHARE, (south - north) * RIM_SHARE]
  ctx.save()
  ctx.globalCompositeOperation = 'destination-out'
  fade(west, west + rimX, (a, b) => ctx.createLinearGradient(a, 0, b, 0))
  fade(east, east - rimX, (a, b) => ctx.createLinearGradient(a, 0, b, 0))
  fade(north, north + rimY, (a, b) => ctx.createLinearGradient(0, a, 0, b))
  fade(south, south - rimY, (a, b) => ctx.createLinearGradient(0, a, 0, b))
  ctx.restore()

  function fade(from: number, to: number, gradient: (from: number, to: number) => CanvasGradient) {
    // Both on the same side of the tile, and inside the town: nothing to take away.
    const isInside = from < to ? to <= 0 : to >= DRAWN_PX
    if (isInside) return
    const colours = gradient(from, to)
    colours.addColorStop(0, 'rgba(0, 0, 0, 1)')
    colours.addColorStop(1, 'rgba(0, 0, 0, 0)')
    ctx.fillStyle = colours
    ctx.fillRect(0, 0, DRAWN_PX, DRAWN_PX)
  }
}
