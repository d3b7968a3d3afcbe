'use client'
import L from 'leaflet'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { useMap } from 'react-leaflet'
import type { LatLng } from '#contracts/place.ts'
import { framePadding, type Padding } from './frame-padding.ts'
import { useCentreLng } from './map-centre.ts'
import { nearestCopies } from './nearest-copy.ts'
import { onUserMove } from './on-user-move.ts'

type Input = {
  points: LatLng[]
  /** Room for markers. */
  padding: Padding
  /** What lies over a part of the map. */
  cover?: RefObject<HTMLElement | null>
  still: boolean
}

const CLOSEST_ZOOM = 17
/** Of the map's height: a sheet that folds leaves the ride at the edge of the room, though in view. */
const OTHER_ROOM = 0.2

/** Keeps `points` in view until the user moves the map; `recentre` starts it again. */
export function useFollow({ points, padding, cover, still }: Input): {
  following: boolean
  recentre: () => void
} {
  const map = useMap()
  const centreLng = useCentreLng()
  const [following, setFollowing] = useState(true)
  const moving = useRef(false)
  const framing = useRef(false)
  /** The height of the room that was left when the view was last framed, in pixels. */
  const framedIn = useRef<number | null>(null)
  const wanted = useRef({ points, padding, cover, still })
  useEffect(() => {
    wanted.current = { points, padding, cover, still }
  })

  const frameAll = useCallback(() => {
    const { points, still } = wanted.current
    const bounds = L.latLngBounds(nearestCopies(points, centreLng))
    const padding = framePadding(
      map.getContainer().getBoundingClientRect(),
      wanted.current.padding,
      wanted.current.cover?.current?.getBoundingClientRect() ?? null,
    )
    // A movement in progress is left to finish: restarted each time, it would never arrive.
    if (moving.current || framing.current || !bounds.isValid()) return
    const before = framedIn.current
    const heightPx = map.getSize().y
    const roomPx = heightPx - padding.topLeft[1] - padding.bottomRight[1]
    const isOtherRoom = before === null || Math.abs(roomPx - before) > OTHER_ROOM * heightPx
    if (!isOtherRoom && isWellFramed(map, bounds, padding)) return
    // Where the window is far too small no frame ever fits, and fitBounds on a map that is already in place fires `moveend`
    // at once: `framing` keeps the two from looping.
    framing.current = true
    map.fitBounds(bounds, {
      paddingTopLeft: padding.topLeft,
      paddingBottomRight: padding.bottomRight,
      maxZoom: CLOSEST_ZOOM,
      // A map that opens is where it belongs at once: on the way there it would draw ground for nothing.
      animate: !still && before !== null,
    })
    framing.current = false
    framedIn.current = roomPx
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

  useEffect(() => {
    const over = cover?.current
    if (!following || !over) return
    const observer = new ResizeObserver(frameAll)
    observer.observe(over)
    return () => observer.disconnect()
  }, [cover, following, frameAll])

  // Runs after every render because the points are new arrays each time; a view that fits is left alone.
  useEffect(() => {
    if (following) frameAll()
  })

  const recentre = useCallback(() => setFollowing(true), [])
  return { following, recentre }
}

/** Whether all points are visible and the zoom is the closest possible. Otherwise every small step would move the map. */
function isWellFramed(map: L.Map, bounds: L.LatLngBounds, { topLeft, bottomRight }: Padding): boolean {
  const padding = L.point(topLeft).add(L.point(bottomRight))
  const best = Math.min(map.getBoundsZoom(bounds, false, padding), CLOSEST_ZOOM)
  if (Math.abs(best - map.getZoom()) > 0.01) return false
  // One pixel of tolerance, because fitBounds rounds to whole pixels.
  const free = L.bounds(
    L.point(topLeft).subtract([1, 1]),
    map.getSize().subtract(L.point(bottomRight)).add([1, 1]),
  )
  const corners = [bounds.getNorthWest(), bounds.getSouthEast()]
  return corners.every((corner) => free.contains(map.latLngToContainerPoint(corner)))
}
