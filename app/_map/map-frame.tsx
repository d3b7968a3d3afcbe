'use client'
import L from 'leaflet'
import { type ReactNode, useEffect } from 'react'
import { MapContainer, useMap } from 'react-leaflet'
import type { LatLng } from '#contracts/place.ts'
import { Background, type Tiles } from './background.tsx'

type Props = { label: string; center: LatLng; tiles: Tiles; children: ReactNode }

/** A map with its background, its controls and its manners. Loaded in the browser only: Leaflet needs a window. */
export function MapFrame({ label, center, tiles, children }: Props) {
  return (
    <MapContainer
      center={center}
      zoom={15}
      zoomSnap={0.5}
      wheelPxPerZoomLevel={90}
      zoomControl={false}
      attributionControl={false}
      className="map-frame"
    >
      <Manners label={label} />
      <Background tiles={tiles} />
      {children}
    </MapContainer>
  )
}

function Manners({ label }: { label: string }) {
  const map = useMap()

  useEffect(() => {
    const attribution = L.control.attribution({ prefix: '<a href="https://leafletjs.com">Leaflet</a>' })
    const zoom = L.control.zoom({ position: 'bottomright' })
    attribution.addTo(map)
    zoom.addTo(map)
    return () => {
      attribution.remove()
      zoom.remove()
    }
  }, [map])

  useEffect(() => {
    const container = map.getContainer()
    container.setAttribute('role', 'region')
    container.setAttribute('aria-label', label)
    const observer = new ResizeObserver(() => map.invalidateSize({ pan: false }))
    observer.observe(container)
    return () => observer.disconnect()
  }, [map, label])

  return null
}
