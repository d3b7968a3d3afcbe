'use client'
import './pick-map.css'
import type L from 'leaflet'
import { useEffect, useRef } from 'react'
import { useMap } from 'react-leaflet'
import type { LatLng, Place } from '#contracts/place.ts'
import type { Tiles } from './background.tsx'
import { MapFrame } from './map-frame.tsx'
import { PlaceMarker } from './place-marker.tsx'

/** Some 10 cm: more than a finger can mean. */
const DECIMALS = 6

type Props = {
  label: string
  tiles: Tiles
  /** A new array moves the map there. */
  at: LatLng
  store: Place | null
  destination: Place | null
  onPick(at: LatLng): void
  /** Is handed what picks the middle of the map. */
  middle: { current: (() => void) | null }
}

/** A map that is told where it was clicked. Enter picks its middle, which a crosshair shows while the keyboard moves it. */
export function PickMap({ label, tiles, at, store, destination, onPick, middle }: Props) {
  return (
    <MapFrame label={label} center={at} tiles={tiles}>
      {store && <PlaceMarker place={store} kind="store" />}
      {destination && <PlaceMarker place={destination} kind="home" />}
      <Picking at={at} onPick={onPick} middle={middle} />
    </MapFrame>
  )
}

function Picking({ at, onPick, middle }: Pick<Props, 'at' | 'onPick' | 'middle'>) {
  const map = useMap()
  const pick = useRef(onPick)
  useEffect(() => {
    pick.current = onPick
  })

  useEffect(() => {
    map.setView(at, 14.5, { animate: false })
  }, [map, at])

  useEffect(() => {
    const container = map.getContainer()
    const choose = (latLng: L.LatLng) => {
      const { lat, lng } = latLng.wrap()
      pick.current([Number(lat.toFixed(DECIMALS)), Number(lng.toFixed(DECIMALS))])
    }
    const onClick = (event: L.LeafletMouseEvent) => choose(event.latlng)
    const onKey = (event: KeyboardEvent) => {
      // Enter on a button of the map is for the button.
      if (event.key !== 'Enter' || event.target !== container) return
      event.preventDefault()
      choose(map.getCenter())
    }
    middle.current = () => choose(map.getCenter())
    map.on('click', onClick)
    container.addEventListener('keydown', onKey)
    return () => {
      middle.current = null
      map.off('click', onClick)
      container.removeEventListener('keydown', onKey)
    }
  }, [map, middle])

  return <div className="pick-crosshair" aria-hidden="true" />
}
