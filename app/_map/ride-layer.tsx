'use client'
import { useEffect, useMemo, useRef } from 'react'
import { useMap } from 'react-leaflet'
import { useReducedMotion } from '#app/_ui/use-media.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { LatLng } from '#contracts/place.ts'
import type { Course } from './course.ts'
import { useCentreLng } from './map-centre.ts'
import { MAP_WORDS } from './map-words.ts'
import { nearestCopies, nearestCopy } from './nearest-copy.ts'
import { createRideLines, type RideLines } from './ride-lines.ts'
import { createRiderMarker, type RiderMarker } from './rider-marker.ts'

type Props = {
  route: LatLng[]
  /** Whether it follows streets. */
  routed?: boolean
  /** null: the rider must not or cannot be shown. */
  rider: {
    seq: number
    at: LatLng
    headingDeg?: number | undefined
    /** Omit it where positions are exact: the marker then points along its path. */
    course?: Course
    durationMs: number
    freshness: string
  } | null
  /** The way behind the rider, without the newest leg, which the marker is still riding. */
  trail: LatLng[]
  /** The marker jumps to each position instead of gliding there. */
  asReported?: boolean
}

/** Route, trail and marker. React only sets where the rider is; the parts animate themselves. */
export function RideLayer({ route: plannedRoute, routed = true, rider, trail, asReported = false }: Props) {
  const map = useMap()
  const say = useSay()
  const centreLng = useCentreLng()
  const route = useMemo(() => nearestCopies(plannedRoute, centreLng), [plannedRoute, centreLng])
  const reduced = useReducedMotion()
  const still = reduced || asReported
  const lines = useRef<RideLines | null>(null)
  const marker = useRef<RiderMarker | null>(null)
  const visible = rider !== null

  useEffect(() => {
    const created = createRideLines(map)
    lines.current = created
    return () => {
      lines.current = null
      created.remove()
    }
  }, [map])

  useEffect(() => {
    if (!visible) return
    const created = createRiderMarker(map, (at) => lines.current?.setRider(at))
    marker.current = created
    return () => {
      marker.current = null
      created.remove()
      lines.current?.setRider(null)
    }
  }, [map, visible])

  useEffect(() => lines.current?.setRoute(route, routed), [route, routed])
  useEffect(() => lines.current?.setTrail(nearestCopies(trail, centreLng)), [trail, centreLng])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a marker that was just created needs the value as well.
  useEffect(() => marker.current?.setReducedMotion(still), [still, visible])
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => marker.current?.setLabel(say(MAP_WORDS.rider)), [say, visible])
  useEffect(() => {
    if (!rider) return
    marker.current?.setFreshness(rider.freshness)
    marker.current?.moveTo({ ...rider, at: nearestCopy(rider.at, centreLng), route })
  }, [rider, route, centreLng])

  return null
}
