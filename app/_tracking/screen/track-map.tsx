'use client'
import type { RefObject } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import type { Padding } from '#app/_map/frame-padding.ts'
import { MapFrame } from '#app/_map/map-frame.tsx'
import { PlaceMarker } from '#app/_map/place-marker.tsx'
import { RecentreButton } from '#app/_map/recentre-button.tsx'
import { TrailLayer } from '#app/_map/trail-layer.tsx'
import { toLatLng } from '#app/_map/trail-path.ts'
import { useFollow } from '#app/_map/use-follow.ts'
import { useMedia, useReducedMotion } from '#app/_ui/use-media.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { riderFreshness } from '../state/rider-freshness.ts'
import { shownStatus } from '../state/shown-status.ts'
import { newestOf } from '../state/tracking-state.ts'
import { WHEREABOUTS_ID } from './whereabouts.tsx'
import type { Known } from './whereabouts-words.ts'
import { WORDS } from './words.ts'

const NO_TRAIL: readonly Location[] = []
const NO_ROUTE: LatLng[] = []
/** Room for pins and marker, on a wide screen also for the zoom's buttons. */
const PADDING: Record<'phone' | 'wide', Padding> = {
  phone: { topLeft: [44, 84], bottomRight: [44, 36] },
  wide: { topLeft: [56, 96], bottomRight: [88, 72] },
}

type Sheet = RefObject<HTMLElement | null>

export function TrackMap({ state, tiles, sheet }: { state: Known; tiles: Tiles; sheet: Sheet }) {
  const { destination } = state.delivery
  const say = useSay()
  return (
    <MapFrame
      label={say(WORDS.map)}
      describedBy={WHEREABOUTS_ID}
      center={toLatLng(destination)}
      tiles={tiles}
    >
      <PlaceMarker place={state.delivery.store} kind="store" />
      <PlaceMarker place={destination} kind="home" />
      <Ride state={state} />
      <Follow state={state} sheet={sheet} />
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

function Follow({ state, sheet }: { state: Known; sheet: Sheet }) {
  const wide = useMedia('(min-width: 48rem)')
  const still = useReducedMotion()
  const { following, recentre } = useFollow({
    points: pointsOfInterest(state),
    padding: PADDING[wide ? 'wide' : 'phone'],
    cover: sheet,
    still,
  })
  if (following) return null
  return (
    <RecentreButton
      onClick={recentre}
      className="right-[max(1rem,env(safe-area-inset-right))] bottom-10 md:right-[calc(5rem+env(safe-area-inset-right))] md:bottom-8"
    />
  )
}

/** What should be in view: the whole way that is shown, and close to the door only rider and door. */
function pointsOfInterest(state: Known): LatLng[] {
  const { store, destination, route } = state.delivery
  const newest = newestOf(state)
  const rider = newest ? [toLatLng(newest)] : []
  if (shownStatus(state) === 'arriving') return [...rider, toLatLng(destination)]
  const way = state.phase === 'ended' ? NO_ROUTE : route
  return [toLatLng(store), ...way, ...rider, toLatLng(destination)]
}
