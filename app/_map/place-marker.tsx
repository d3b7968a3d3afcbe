'use client'
import L from 'leaflet'
import { House, Store } from 'lucide-react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useMap } from 'react-leaflet'
import type { Place } from '#contracts/place.ts'

type Props = { place: Place; kind: 'store' | 'home' }

/** A pin whose tip is on the place. */
export function PlaceMarker({ place, kind }: Props) {
  const map = useMap()
  const [element] = useState(() => document.createElement('div'))

  useEffect(() => {
    const icon = L.divIcon({ html: element, className: '', iconSize: [44, 54], iconAnchor: [22, 52] })
    const marker = L.marker([place.lat, place.lng], { icon, keyboard: false, interactive: false }).addTo(map)
    return () => {
      marker.remove()
    }
  }, [map, element, place.lat, place.lng])

  const Icon = kind === 'store' ? Store : House
  return createPortal(
    <div role="img" aria-label={place.name} data-testid={`${kind}-marker`} className="place-marker">
      <span
        className={`grid size-11 place-items-center rounded-full border-[3px] border-surface shadow-float ${
          kind === 'store' ? 'bg-primary text-primary-ink' : 'bg-accent text-accent-ink'
        }`}
      >
        <Icon className="size-5" aria-hidden="true" />
      </span>
      <span className="-mt-1.5 size-3 rotate-45 rounded-[3px] bg-surface" aria-hidden="true" />
    </div>,
    element,
  )
}
