'use client'
import { useMemo } from 'react'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { courseAlong } from './course.ts'
import { glideDurationMs } from './glide.ts'
import { useCentreLng } from './map-centre.ts'
import { nearestCopies } from './nearest-copy.ts'
import { RideLayer } from './ride-layer.tsx'
import { toLatLng, trailPath } from './trail-path.ts'

/** How many of the last reports are used to compute their interval. */
const RECENT = 6

type Props = {
  /** Ascending by seq; the rider is at the last one. Empty: the rider is not shown. */
  trail: readonly Location[]
  route: LatLng[]
  /** See RideLayer. */
  routed?: boolean
  freshness: string
  /** See RideLayer. */
  asReported?: boolean
}

/** A rider as received: the marker at the newest report, the trail through all of them. */
export function TrailLayer({ trail, route, routed = true, freshness, asReported = false }: Props) {
  const centreLng = useCentreLng()
  const behind = useMemo(
    () => trailPath(trail.slice(0, -1), { route: nearestCopies(route, centreLng), centreLng }),
    [trail, route, centreLng],
  )
  const rider = useMemo(() => {
    const newest = trail.at(-1)
    if (!newest) return null
    const durationMs = glideDurationMs(trail.slice(-RECENT).map((location) => location.recordedAtMs))
    return { seq: newest.seq, at: toLatLng(newest), course: courseAlong(trail), durationMs, freshness }
  }, [trail, freshness])
  return <RideLayer route={route} routed={routed} rider={rider} trail={behind} asReported={asReported} />
}
