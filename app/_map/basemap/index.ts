import { PALETTES } from './palette.ts'

/** What may be imported anywhere, on the server too. The layer itself is in basemap-layer.ts, for the browser alone. */
export type { BasemapTheme } from './palette.ts'

export const BASEMAP_ATTRIBUTION = 'Basemap: Rider Live (schematic)'

/** Where the drawing holds, south-west and north-east corner; outside of it is plain land. Good for a map's `maxBounds`. */
export const BASEMAP_BOUNDS: [[number, number], [number, number]] = [
  [37.455, 126.955],
  [37.56, 127.14],
]

/** Farther out than this the drawn area is an island in plain land. */
export const BASEMAP_MIN_ZOOM = 13
export const BASEMAP_MAX_ZOOM = 19

/** What the map shows where nothing is drawn; give the map's container the same colour. */
export const BASEMAP_LAND = { light: PALETTES.light.land, dark: PALETTES.dark.land }
