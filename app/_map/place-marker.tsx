'use client'
import L from 'leaflet'
import { House, Store } from 'lucide-react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useMap } from 'react-leaflet'
import { placeName, shortName } from '#app/_words/place-name.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { LatLng, Place } from '#contracts/place.ts'
import { useCentreLng } from './map-centre.ts'
import { nearestCopy } from './nearest-copy.ts'

type Props = { place: Place; kind: 'store' | 'home' }

/** Nearer than this the rider's marker covers the pin. */
const COVERED_PX = 34

function isUnder(map: L.Map, rider: LatLng | null, place: LatLng): boolean {
  if (!rider) return false
  return map.latLngToLayerPoint(rider).distanceTo(map.latLngToLayerPoint(place)) < COVERED_PX
}

/** A pin whose tip is on the place. It stands higher while the rider is there, so that both can be seen. */
export function PlaceMarker({ place, kind }: Props) {
  const map = useMap()
  const { language } = useLanguage()
  const centreLng = useCentreLng()
  const [element] = useState(() => document.createElement('div'))

  useEffect(() => {
    const icon = L.divIcon({ html: element, className: '', iconSize: [44, 54], iconAnchor: [22, 52] })
    const at = nearestCopy([place.lat, place.lng], centreLng)
    const marker = L.marker(at, { icon, keyboard: false, interactive: false }).addTo(map)
    return () => {
      marker.remove()
    }
  }, [map, element, centreLng, place.lat, place.lng])

  useEffect(() => {
    let rider: LatLng | null = null
    const look = () =>
      element.firstElementChild?.classList.toggle('is-lifted', isUnder(map, rider, [place.lat, place.lng]))
    const follow = (event: L.LeafletEvent) => {
      rider = (event as L.LeafletEvent & { at: LatLng | null }).at
      look()
    }
    map.on('rider', follow).on('zoomend', look)
    return () => {
      map.off('rider', follow).off('zoomend', look)
    }
  }, [map, element, place.lat, place.lng])

  const Icon = kind === 'store' ? Store : House
  return createPortal(
    <div
      role="img"
      aria-label={placeName(place.name, language)}
      data-testid={`${kind}-marker`}
      className="place-marker"
    >
      <svg
        viewBox="0 0 44 54"
        className={kind === 'store' ? 'text-primary' : 'text-accent'}
        aria-hidden="true"
      >
        <path
          d="M22 2A20 20 0 0 0 2 22c0 11 11.5 17.5 17 28.2a3.4 3.4 0 0 0 6 0C30.5 39.5 42 33 42 22A20 20 0 0 0 22 2Z"
          fill="currentColor"
          stroke="var(--surface)"
          strokeWidth="2.5"
        />
      </svg>
      <Icon
        className={`mt-[12px] size-[20px] ${kind === 'store' ? 'text-primary-ink' : 'text-accent-ink'}`}
        aria-hidden="true"
      />
      <span className="place-name" aria-hidden="true">
        {shortName(place.name, language)}
      </span>
    </div>,
    element,
  )
}
