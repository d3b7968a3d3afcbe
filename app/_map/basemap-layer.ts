import L from 'leaflet'
import { drawTile, type TilePart } from '#demo-city/tiles/draw-tile.ts'
import { MAP_FONT } from '#demo-city/tiles/label.ts'
import { DRAWN_PX, TILE_PX } from '#demo-city/tiles/mercator.ts'
import type { BasemapTheme } from '#demo-city/tiles/palette.ts'
import { forgetPlacedLabels } from '#demo-city/tiles/place-labels.ts'
import { createDrawQueue } from './draw-queue.ts'
import { tileRatio } from './tile-ratio.ts'

/**
 * A part of the project's own map of the demo area as a Leaflet layer: each tile is drawn on a canvas, nothing is fetched.
 * Leaflet needs `window`, so import this module only in the browser.
 */
class BasemapLayer extends L.GridLayer {
  private theme: BasemapTheme
  private readonly part: TilePart
  private readonly drawings = createDrawQueue()

  constructor({ theme, part, ...options }: BasemapOptions) {
    super({
      updateWhenZooming: false,
      keepBuffer: 3,
      ...options,
      tileSize: TILE_PX,
    })
    this.theme = theme
    this.part = part
    // At fractional zooms the browser would show hairs of background between tiles; one pixel of overlap covers them.
    this.on('tileloadstart', ({ tile }: L.TileEvent) => {
      tile.style.width = `${DRAWN_PX}px`
      tile.style.height = `${DRAWN_PX}px`
    })
    this.on('tileunload', ({ tile }: L.TileEvent) => this.drawings.drop(tile))
  }

  override onAdd(map: L.Map): this {
    super.onAdd(map)
    void this.redrawWhenFontComes()
    return this
  }

  setTheme(theme: BasemapTheme): this {
    if (theme === this.theme) return this
    this.theme = theme
    return this.redraw()
  }

  /** Names drawn before the page's font had loaded were measured and drawn in another one. */
  private async redrawWhenFontComes(): Promise<void> {
    if (this.part === 'ground' || document.fonts.check(MAP_FONT)) return
    const loaded = await document.fonts.load(MAP_FONT)
    if (loaded.length === 0) return
    forgetPlacedLabels()
    this.redraw()
  }

  protected override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(DRAWN_PX * tileRatio())
    canvas.height = canvas.width
    this.drawings.add(canvas, () => {
      const ctx = canvas.getContext('2d')
      ctx?.scale(canvas.width / DRAWN_PX, canvas.width / DRAWN_PX)
      if (ctx) drawTile(ctx, coords, this.theme, this.part)
      done(undefined, canvas)
    })
    return canvas
  }
}

export type BasemapOptions = L.GridLayerOptions & { theme: BasemapTheme; part: TilePart }

/** The ground, and above what is drawn on it (ways, trails) the names. */
export function createBasemap(
  map: L.Map,
  options: Omit<BasemapOptions, 'part' | 'pane' | 'attribution'> & { attribution: string },
): L.LayerGroup {
  const { attribution, ...both } = options
  if (!map.getPane('names')) map.createPane('names')
  return L.layerGroup([
    new BasemapLayer({ ...both, attribution, part: 'ground' }),
    new BasemapLayer({ ...both, pane: 'names', keepBuffer: 1, part: 'names' }),
  ])
}
