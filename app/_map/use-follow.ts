'use client'
import L from 'leaflet'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useMap } from 'react-leaflet'
import type { LatLng } from '#contracts/place.ts'

export type Padding = { topLeft: [number, number]; bottomRight: [number, number] }
type Input = { points: LatLng[]; padding: Padding; still: boolean }

const CLOSEST_ZOOM = 17

/** Keeps `points` in view until the user moves the map; `recentre` starts it again. */
export function useFollow({ points, padding, still }: Input): { following: boolean; recentre: () => void } {
  const map = useMap()
  const [following, setFollowing] = useState(true)
  // Leaflet tells of every movement alike; this tells ours from the user's.
  const ours = useRef(false)
  const wanted = useRef({ points, padding, still })
  useEffect(() => {
    wanted.current = { points, padding, still }
  })

  const frameAll = useCallback(() => {
    const { points, padding, still } = wanted.current
    const bounds = L.latLngBounds(points)
    if (!bounds.isValid() || isWellFramed(map, bounds, padding)) return
    ours.current = true
    map.fitBounds(bounds, {
      paddingTopLeft: padding.topLeft,
      paddingBottomRight: padding.bottomRight,
      maxZoom: CLOSEST_ZOOM,
      animate: !still,
    })
  }, [map])

  useEffect(() => {
    const settled = () => {
      ours.current = false
    }
    const moved = () => {
      if (!ours.current) setFollowing(false)
    }
    const dragged = () => setFollowing(false)
    map.on('moveend', settled).on('movestart', moved).on('dragstart', dragged)
    return () => {
      map.off('moveend', settled).off('movestart', moved).off('dragstart', dragged)
    }
  }, [map])

  useEffect(() => {
    if (!following) return
    map.on('resize', frameAll)
    return () => {
      map.off('resize', frameAll)
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
  const free = L.bounds(L.point(topLeft), map.getSize().subtract(L.point(bottomRight)))
  const corners = [bounds.getNorthWest(), bounds.getSouthEast()]
  return corners.every((corner) => free.contains(map.latLngToContainerPoint(corner)))
}
