'use client'
import { useEffect } from 'react'
import { useMap } from 'react-leaflet'
import { useDark } from '#app/_ui/use-media.ts'
import { createBasemapLayer } from './basemap-layer.ts'
import { addRasterTiles } from './raster-tiles.ts'

export type Tiles = { url: string | null; attribution: string }

/** The project's own vector basemap, always; above it raster tiles, as soon as their server has really answered. */
export function Background({ tiles }: { tiles: Tiles }) {
  const map = useMap()
  const theme = useDark() ? 'dark' : 'light'

  useEffect(() => {
    const vector = createBasemapLayer({ theme }).addTo(map)
    return () => {
      vector.remove()
    }
  }, [map, theme])

  useEffect(() => {
    if (tiles.url === null) return
    return addRasterTiles(map, tiles.url, tiles.attribution)
  }, [map, tiles.url, tiles.attribution])

  return null
}
