'use client'
import { useMemo } from 'react'
import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import type { Tiles } from '../../_map/background.tsx'
import { glideDurationMs } from '../../_map/glide.ts'
import { MapFrame } from '../../_map/map-frame.tsx'
import { PlaceMarker } from '../../_map/place-marker.tsx'
import { RecentreButton } from '../../_map/recentre-button.tsx'
import { RideLayer } from '../../_map/ride-layer.tsx'
import { toLatLng, trailPath } from '../../_map/trail-path.ts'
import { type Padding, useFollow } from '../../_map/use-follow.ts'
import { useMedia, useReducedMotion } from '../../_ui/use-media.ts'
import { riderFreshness } from './rider-freshness.ts'
import { newestOf, type TrackingState } from './tracking-state.ts'

type Known = TrackingState & { delivery: Delivery }
const NO_TRAIL: readonly Location[] = []
const NO_ROUTE: LatLng[] = []
/** How many of the last reports tell how far apart they come. */
const RECENT = 6
/** Room for pins and marker; on a wide screen also for the card at the left (see DeliveryCard). */
const PADDING: Record<'phone' | 'wide', Padding> = {
  phone: { topLeft: [44, 72], bottomRight: [44, 56] },
  wide: { topLeft: [480, 88], bottomRight: [88, 72] },
}

export function TrackMap({ state, tiles }: { state: Known; tiles: Tiles }) {
  const { destination } = state.delivery
  return (
    <MapFrame label="Map of your delivery" center={toLatLng(destination)} tiles={tiles}>
      <PlaceMarker place={state.delivery.store} kind="store" />
      <PlaceMarker place={destination} kind="home" />
      <Ride state={state} />
      <Follow state={state} />
    </MapFrame>
  )
}

function Ride({ state }: { state: Known }) {
  const trail = state.phase === 'live' ? state.trail : NO_TRAIL
  const route = state.phase === 'ended' ? NO_ROUTE : state.delivery.route
  const freshness = riderFreshness(state)
  const behind = useMemo(() => trailPath(trail.slice(0, -1), route), [trail, route])
  const rider = useMemo(() => {
    const newest = trail.at(-1)
    if (!newest) return null
    const durationMs = glideDurationMs(trail.slice(-RECENT).map((location) => location.recordedAtMs))
    const { seq, headingDeg } = newest
    return { seq, at: toLatLng(newest), headingDeg, durationMs, freshness }
  }, [trail, freshness])
  return <RideLayer route={route} rider={rider} trail={behind} />
}

function Follow({ state }: { state: Known }) {
  const wide = useMedia('(min-width: 768px)')
  const still = useReducedMotion()
  const { following, recentre } = useFollow({
    points: pointsOfInterest(state),
    padding: PADDING[wide ? 'wide' : 'phone'],
    still,
  })
  if (following) return null
  return <RecentreButton onClick={recentre} className="right-4 bottom-10 md:right-20 md:bottom-8" />
}

/** What should be in view: the whole way, and close to the door only rider and door. */
function pointsOfInterest(state: Known): LatLng[] {
  const { store, destination, status } = state.delivery
  const newest = newestOf(state)
  const rider = newest ? [toLatLng(newest)] : []
  if (status === 'arriving') return [...rider, toLatLng(destination)]
  return [toLatLng(store), ...rider, toLatLng(destination)]
}
