'use client'
import L from 'leaflet'
import { useEffect, useMemo, useRef } from 'react'
import { useMap } from 'react-leaflet'
import { useSay } from '#app/_words/use-language.tsx'
import type { LatLng } from '#contracts/place.ts'
import { useCentreLng } from './map-centre.ts'
import { MAP_WORDS } from './map-words.ts'
import { nearestCopies, nearestCopy } from './nearest-copy.ts'
import { createRiderIcon, type RiderIcon } from './rider-icon.ts'

type Props = {
  /** The way that was planned. */
  route: LatLng[]
  /** The whole way that was ridden. */
  path: LatLng[]
  stops: LatLng[]
  /** The last point of `path` that was reached. */
  index: number
  at: LatLng
  headingDeg: number
}
type Drawn = { gone: L.Polyline; leg: L.Polyline; marker: L.Marker; icon: RiderIcon }

/** A ride that is over: the planned way, the way ridden and its stops, and the rider at one moment of it. */
export function ReplayLayer({ route, path: ridden, stops, index, at: place, headingDeg }: Props) {
  const map = useMap()
  const centreLng = useCentreLng()
  const path = useMemo(() => nearestCopies(ridden, centreLng), [ridden, centreLng])
  const say = useSay()
  const drawn = useRef<Drawn | null>(null)

  useEffect(() => {
    const line = (points: LatLng[], className: string, weight: number, more: L.PolylineOptions = {}) =>
      L.polyline(points, {
        className,
        weight,
        interactive: false,
        lineCap: 'round',
        lineJoin: 'round',
        ...more,
      })
    const icon = createRiderIcon()
    icon.root.setAttribute('aria-label', say(MAP_WORDS.rider))
    const divIcon = L.divIcon({ html: icon.root, className: '', iconSize: [64, 64], iconAnchor: [32, 32] })
    const first = path[0] ?? [0, 0]
    const parts = {
      planned: line(nearestCopies(route, centreLng), 'line-route', 3, { dashArray: '2 8', opacity: 0.5 }),
      casing: line(path, 'line-casing', 9),
      whole: line(path, 'line-route', 4, { opacity: 0.35 }),
      gone: line([], 'line-trail', 5),
      leg: line([], 'line-trail', 5),
      marker: L.marker(first, { icon: divIcon, keyboard: false, interactive: false, zIndexOffset: 1_000 }),
    }
    const dots = stops.map((stop) =>
      L.circleMarker(nearestCopy(stop, centreLng), {
        className: 'replay-stop',
        radius: 7,
        interactive: false,
      }),
    )
    const group = L.layerGroup([...Object.values(parts), ...dots]).addTo(map)
    drawn.current = { ...parts, icon }
    const bounds = L.latLngBounds([...path, ...nearestCopies(route, centreLng)])
    if (bounds.isValid() && map.getSize().x > 0)
      map.fitBounds(bounds, { padding: [48, 48], maxZoom: 17, animate: false })
    return () => {
      drawn.current = null
      group.remove()
    }
  }, [map, path, route, stops, centreLng, say])

  useEffect(() => {
    drawn.current?.gone.setLatLngs(path.slice(0, index + 1))
  }, [path, index])
  useEffect(() => {
    if (!drawn.current) return
    const { leg, marker, icon } = drawn.current
    const here = nearestCopy(place, centreLng)
    const last = path[index]
    leg.setLatLngs(last ? [last, here] : [])
    marker.setLatLng(here)
    icon.turn(headingDeg)
  }, [path, index, place, headingDeg, centreLng])

  return null
}
