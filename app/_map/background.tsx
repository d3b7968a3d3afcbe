'use client'
import L from 'leaflet'
import { useEffect } from 'react'
import { useMap } from 'react-leaflet'
import { useDark } from '#app/_ui/use-media.ts'
import type { Text } from '#app/_words/language.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import { CITY_EXTENT } from '#demo-city/extent.ts'
import { createBasemap } from './basemap-layer.ts'
import { addQuietGround } from './quiet-ground.ts'
import { addRasterTiles } from './raster-tiles.ts'

/** What there is to draw a map from: raster tiles of a server, and the path of a vector archive. */
export type Tiles = { url: string | null; attribution: string; archive: string | null }

const CREDIT: Text = { en: 'Basemap: Rider Live (schematic)', ko: '지도: Rider Live(약도)' }
const CITY = L.latLngBounds([
  [CITY_EXTENT.south, CITY_EXTENT.west],
  [CITY_EXTENT.north, CITY_EXTENT.east],
])

/**
 * From the bottom up: a quiet ground everywhere; the archive where it has tiles or, without one, the drawn city where that
 * is; and raster tiles as soon as their server has really answered.
 */
export function Background({ tiles }: { tiles: Tiles }) {
  const map = useMap()
  const theme = useDark() ? 'dark' : 'light'
  const { say, language } = useLanguage()

  useEffect(() => addQuietGround(map), [map])

  useEffect(() => {
    if (tiles.archive !== null) return addArchive(map, tiles.archive, { theme, language })
    const city = createBasemap(map, { theme, language, bounds: CITY, attribution: say(CREDIT) })
    // Its credit stands on the map only where something of it is to be seen.
    const showWhereItIs = () => {
      if (CITY.intersects(map.getBounds())) city.addTo(map)
      else city.remove()
    }
    map.on('moveend', showWhereItIs)
    showWhereItIs()
    map.fire('mapped', { bounds: CITY })
    return () => {
      map.off('moveend', showWhereItIs)
      city.remove()
      map.fire('mapped', { bounds: null })
    }
  }, [map, theme, tiles.archive, language, say])

  useEffect(() => {
    if (tiles.url === null) return
    return addRasterTiles(map, tiles.url, tiles.attribution)
  }, [map, tiles.url, tiles.attribution])

  return null
}

/** What draws it is as large as the rest of the page, and loaded only where there is an archive. */
function addArchive(
  map: L.Map,
  path: string,
  look: { theme: 'light' | 'dark'; language: string },
): () => void {
  let layer: L.Layer | null = null
  let wanted = true
  void import('./archive-layer.ts')
    .then(({ createArchiveLayer }) => createArchiveLayer(map, path, look))
    .then(
      (archive) => {
        if (!wanted) return
        layer = archive.layer.addTo(map)
        map.fire('mapped', { bounds: archive.bounds })
      },
      // The ground stays, and the ride goes on.
      (error: unknown) => console.warn('The map’s archive cannot be read', error),
    )
  return () => {
    wanted = false
    layer?.remove()
    map.fire('mapped', { bounds: null })
  }
}
