'use client'
import 'leaflet/dist/leaflet.css'
import './map.css'
import L from 'leaflet'
import { type ReactNode, useEffect, useState } from 'react'
import { MapContainer, useMap } from 'react-leaflet'
import { useSay } from '#app/_words/use-language.tsx'
import type { LatLng } from '#contracts/place.ts'
import { Background, type Tiles } from './background.tsx'
import { MapCentreProvider } from './map-centre.ts'
import { MAP_WORDS } from './map-words.ts'

type Props = {
  label: string
  /** The id of the element that says in words what the map shows. */
  describedBy?: string
  center: LatLng
  tiles: Tiles
  /** A map within a longer page: it scrolls with the page, cannot be moved, and does not fade in. */
  fixed?: boolean
  children: ReactNode
}

/** A map with its background and controls. Load it in the browser only: Leaflet needs `window`. */
export function MapFrame({ label, describedBy, center, tiles, fixed = false, children }: Props) {
  const [centreLng] = useState(center[1])
  return (
    <MapContainer
      center={center}
      zoom={15}
      zoomSnap={0.5}
      wheelPxPerZoomLevel={90}
      dragging={!fixed}
      scrollWheelZoom={!fixed}
      touchZoom={!fixed}
      doubleClickZoom={!fixed}
      boxZoom={!fixed}
      keyboard={!fixed}
      fadeAnimation={!fixed}
      zoomControl={false}
      attributionControl={false}
      className="map-frame"
    >
      <Manners label={label} describedBy={describedBy} fixed={fixed} />
      <MapCentreProvider value={centreLng}>{children}</MapCentreProvider>
      <Ground tiles={tiles} />
    </MapContainer>
  )
}

/**
 * Laid by a task of its own, after what frames the view: ground that is nowhere to be seen would be laid first, and a slow
 * phone would stand still for both together.
 */
function Ground({ tiles }: { tiles: Tiles }) {
  const [isTime, setIsTime] = useState(false)
  useEffect(() => {
    const timer = setTimeout(setIsTime, 0, true)
    return () => clearTimeout(timer)
  }, [])
  return isTime && <Background tiles={tiles} />
}

function Manners({
  label,
  describedBy,
  fixed,
}: {
  label: string
  describedBy: string | undefined
  fixed: boolean
}) {
  const map = useMap()
  const say = useSay()

  useEffect(() => {
    const attribution = L.control.attribution({ prefix: '<a href="https://leafletjs.com">Leaflet</a>' })
    attribution.addTo(map)
    return () => {
      attribution.remove()
    }
  }, [map])

  useEffect(() => {
    if (fixed) return
    const zoom = L.control.zoom({
      position: 'bottomright',
      zoomInTitle: say(MAP_WORDS.zoomIn),
      zoomOutTitle: say(MAP_WORDS.zoomOut),
    })
    zoom.addTo(map)
    return () => {
      zoom.remove()
    }
  }, [map, fixed, say])

  // Leaflet does not clear the timer of an animated zoom when the map is removed (Leaflet #9575).
  useEffect(() => {
    map.once('unload', () => Object.assign(map, { _animatingZoom: false }))
  }, [map])

  useEffect(() => {
    const container = map.getContainer()
    container.setAttribute('role', 'region')
    container.setAttribute('aria-label', label)
    if (describedBy) container.setAttribute('aria-describedby', describedBy)
    const observer = new ResizeObserver(() => map.invalidateSize({ pan: false }))
    observer.observe(container)
    return () => observer.disconnect()
  }, [map, label, describedBy])

  return null
}
