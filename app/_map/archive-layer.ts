import L from 'leaflet'
import { PMTiles } from 'pmtiles'
import { leafletLayer } from 'protomaps-leaflet'
import { FONTS } from '#demo-city/tiles/label.ts'
import { DRAWN_PX } from '#demo-city/tiles/mercator.ts'
import { type BasemapTheme, PALETTES } from '#demo-city/tiles/palette.ts'
import { readIn } from '#demo-city/tiles/reading.ts'
import { labelRules } from './archive-labels.ts'
import { paintRules } from './archive-paint.ts'
import { namesPane } from './names-pane.ts'
import { tileRatio } from './tile-ratio.ts'

/** `bounds`: where the archive has tiles. */
export type Archive = { layer: L.Layer; bounds: L.LatLngBounds }

const CREDIT =
  '<a href="https://protomaps.com">Protomaps</a> © <a href="https://openstreetmap.org">OpenStreetMap</a>'

/**
 * A `.pmtiles` archive in the schema of the Protomaps basemap, drawn in the colours and widths of the drawn city: the ground,
 * and above what is drawn on it (ways, trails) the names.
 * Leaflet needs `window`, so import this module only in the browser.
 */
export async function createArchiveLayer(
  map: L.Map,
  path: string,
  { theme, language }: { theme: BasemapTheme; language: string },
): Promise<Archive> {
  readIn(language)
  const archive = new PMTiles(path)
  const [header, metadata] = await Promise.all([archive.getHeader(), archive.getMetadata(), loadFonts()])
  const bounds = L.latLngBounds([
    [header.minLat, header.minLon],
    [header.maxLat, header.maxLon],
  ])
  const palette = PALETTES[theme]
  // The library takes Leaflet from there.
  Object.assign(window, { L })
  const both = {
    url: archive,
    bounds,
    maxDataZoom: header.maxZoom,
    devicePixelRatio: tileRatio(),
    updateWhenZooming: false,
  }
  const ground = leafletLayer({
    ...both,
    paintRules: paintRules(palette),
    attribution: creditOf(metadata),
    keepBuffer: 3,
  }) as unknown as ArchiveLayer
  const names = leafletLayer({
    ...both,
    pane: namesPane(map),
    labelRules: labelRules(palette),
    attribution: '',
    keepBuffer: 1,
  }) as unknown as ArchiveLayer
  // One cache of tiles for both: none is fetched or decoded twice.
  names.views = ground.views
  // At fractional zooms the browser would show hairs of background between tiles; one pixel of overlap covers them.
  for (const layer of [ground, names])
    layer.on('tileloadstart', ({ tile }: L.TileEvent) => {
      tile.style.width = `${DRAWN_PX}px`
      tile.style.height = `${DRAWN_PX}px`
    })
  return { layer: L.layerGroup([ground, names]), bounds }
}

type ArchiveLayer = L.GridLayer & { views: unknown }

/** Names measured in another font than they are drawn in would run into each other. */
async function loadFonts(): Promise<void> {
  await Promise.all(FONTS.map((font) => document.fonts.load(font).catch(() => [])))
}

function creditOf(metadata: unknown): string {
  const { attribution } = Object(metadata) as { attribution?: unknown }
  return typeof attribution === 'string' && attribution !== '' ? attribution : CREDIT
}
