'use client'
import type { Tiles } from '#app/_map/background.tsx'
import { MapFrame } from '#app/_map/map-frame.tsx'
import { PlaceMarker } from '#app/_map/place-marker.tsx'
import { RecentreButton } from '#app/_map/recentre-button.tsx'
import { TrailLayer } from '#app/_map/trail-layer.tsx'
import { toLatLng } from '#app/_map/trail-path.ts'
import { type Padding, useFollow } from '#app/_map/use-follow.ts'
import { useMedia, useReducedMotion } from '#app/_ui/use-media.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { riderFreshness } from '../state/rider-freshness.ts'
import { shownStatus } from '../state/shown-status.ts'
import { newestOf, type TrackingState } from '../state/tracking-state.ts'
import { WORDS } from './words.ts'

type Known = TrackingState & { delivery: Delivery }
const NO_TRAIL: readonly Location[] = []
const NO_ROUTE: LatLng[] = []
/** Room for pins and marker; on a wide screen also for the card at the left (see DeliveryCard). */
const PADDING: Record<'phone' | 'wide', Padding> = {
  phone: { topLeft: [44, 72], bottomRight: [44, 56] },
  wide: { topLeft: [480, 88], bottomRight: [88, 72] },
}

export function TrackMap({ state, tiles }: { state: Known; tiles: Tiles }) {
  const { destination } = state.delivery
  const say = useSay()
  return (
    <MapFrame label={say(WORDS.map)} center={toLatLng(destination)} tiles={tiles}>
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
  return (
    <TrailLayer
      trail={trail}
      route={route}
      routed={state.delivery.routed}
      freshness={riderFreshness(state)}
    />
  )
}

function Follow({ state }: { state: Known }) {
  const wide = useMedia('(min-width: 48rem)')
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
  const { store, destination } = state.delivery
  const newest = newestOf(state)
  const rider = newest ? [toLatLng(newest)] : []
  if (shownStatus(state) === 'arriving') return [...rider, toLatLng(destination)]
  return [toLatLng(store), ...rider, toLatLng(destination)]
}
