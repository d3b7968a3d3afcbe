import { PALETTES } from './palette.ts'

/** What may be imported anywhere, on the server too. The layer itself is in basemap-layer.ts, for the browser alone. */
export type { BasemapTheme } from './palette.ts'

export const BASEMAP_ATTRIBUTION = 'Basemap: Rider Live (schematic)'

/** What the map shows where nothing is drawn; give the map's container the same colour. */
export const BASEMAP_LAND = { light: PALETTES.light.land, dark: PALETTES.dark.land }
