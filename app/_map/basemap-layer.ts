import L from 'leaflet'
import type { TilePart } from '#demo-city/tiles/draw-tile.ts'
import { DRAWN_PX, TILE_PX } from '#demo-city/tiles/mercator.ts'
import type { BasemapTheme } from '#demo-city/tiles/palette.ts'
import { cityPainter } from './city-painter.ts'
import { namesPane } from './names-pane.ts'
import { tileRatio } from './tile-ratio.ts'

/**
 * A part of the project's own map of the demo area as a Leaflet layer: each tile is drawn on a canvas, once, and nothing is
 * fetched. Leaflet needs `window`, so import this module only in the browser.
 */
class BasemapLayer extends L.GridLayer {
  private readonly look: Pick<BasemapOptions, 'theme' | 'part' | 'language'>
  private readonly painter = cityPainter()

  constructor({ theme, part, language, ...options }: BasemapOptions) {
    super({
      updateWhenZooming: false,
      keepBuffer: 3,
      ...options,
      tileSize: TILE_PX,
    })
    this.look = { theme, part, language }
    // At fractional zooms the browser would show hairs of background between tiles; one pixel of overlap covers them.
    this.on('tileloadstart', ({ tile }: L.TileEvent) => {
      tile.style.width = `${DRAWN_PX}px`
      tile.style.height = `${DRAWN_PX}px`
    })
    this.on('tileunload', ({ tile }: L.TileEvent) => this.painter.drop(tile))
  }

  protected override createTile({ x, y, z }: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas')
    const sizePx = Math.round(DRAWN_PX * tileRatio())
    canvas.width = canvas.height = sizePx
    this.painter.paint(canvas, { ...this.look, tile: { x, y, z }, sizePx }, () => done(undefined, canvas))
    return canvas
  }
}

type BasemapOptions = L.GridLayerOptions & { theme: BasemapTheme; language: string; part: TilePart }

/** The ground, and above what is drawn on it (ways, trails) the names. */
export function createBasemap(
  map: L.Map,
  options: Omit<BasemapOptions, 'part' | 'pane' | 'attribution'> & { attribution: string },
): L.LayerGroup {
  const { attribution, ...both } = options
  return L.layerGroup([
    new BasemapLayer({ ...both, attribution, part: 'ground' }),
    new BasemapLayer({ ...both, pane: namesPane(map), keepBuffer: 1, part: 'names' }),
  ])
}
