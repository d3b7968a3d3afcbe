'use client'
import L from 'leaflet'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useMap } from 'react-leaflet'
import type { LatLng } from '#contracts/place.ts'
import { useCentreLng } from './map-centre.ts'
import { nearestCopies } from './nearest-copy.ts'
import { onUserMove } from './on-user-move.ts'

export type Padding = { topLeft: [number, number]; bottomRight: [number, number] }
type Input = { points: LatLng[]; padding: Padding; still: boolean }

const CLOSEST_ZOOM = 17

/** Keeps `points` in view until the user moves the map; `recentre` starts it again. */
export function useFollow({ points, padding, still }: Input): { following: boolean; recentre: () => void } {
  const map = useMap()
  const centreLng = useCentreLng()
  const [following, setFollowing] = useState(true)
  const moving = useRef(false)
  const framing = useRef(false)
  const wanted = useRef({ points, padding, still })
  useEffect(() => {
    wanted.current = { points, padding, still }
  })

  const frameAll = useCallback(() => {
    const { points, padding, still } = wanted.current
    const bounds = L.latLngBounds(nearestCopies(points, centreLng))
    // A movement under way is left to end: begun anew each time, it would never get there.
    if (moving.current || framing.current || !bounds.isValid() || isWellFramed(map, bounds, padding)) return
    // Where there is no room for everything nothing is ever well framed, and a map that stands right already says
    // at once that it has ended moving.
    framing.current = true
    map.fitBounds(bounds, {
      paddingTopLeft: padding.topLeft,
      paddingBottomRight: padding.bottomRight,
      maxZoom: CLOSEST_ZOOM,
      animate: !still,
    })
    framing.current = false
  }, [map, centreLng])

  useEffect(() => {
    const started = () => {
      moving.current = true
    }
    const ended = () => {
      moving.current = false
    }
    map.on('movestart', started).on('moveend', ended)
    return () => {
      map.off('movestart', started).off('moveend', ended)
    }
  }, [map])

  useEffect(() => onUserMove(map, () => setFollowing(false)), [map])

  useEffect(() => {
    if (!following) return
    map.on('resize moveend', frameAll)
    return () => {
      map.off('resize moveend', frameAll)
    }
  }, [map, frameAll, following])

  // After every render: the points are new arrays each time, and a view that is right already is left alone.
  useEffect(() => {
    if (following) frameAll()
  })

  const recentre = useCallback(() => setFollowing(true), [])
  return { following, recentre }
}

/** Whether everything can be seen, as close as the map could show it. Otherwise every small step would move the map. */
function isWellFramed(map: L.Map, bounds: L.LatLngBounds, { topLeft, bottomRight }: Padding): boolean {
  const padding = L.point(topLeft).add(L.point(bottomRight))
  const best = Math.min(map.getBoundsZoom(bounds, false, padding), CLOSEST_ZOOM)
  if (Math.abs(best - map.getZoom()) > 0.01) return false
  // One pixel of grace: fitting rounds to whole pixels.
  const free = L.bounds(
    L.point(topLeft).subtract([1, 1]),
    map.getSize().subtract(L.point(bottomRight)).add([1, 1]),
  )
  const corners = [bounds.getNorthWest(), bounds.getSouthEast()]
  return corners.every((corner) => free.contains(map.latLngToContainerPoint(corner)))
}
