'use client'
import { useMemo } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import type { Padding } from '#app/_map/frame-padding.ts'
import { MapFrame } from '#app/_map/map-frame.tsx'
import { PlaceMarker } from '#app/_map/place-marker.tsx'
import { RecentreButton } from '#app/_map/recentre-button.tsx'
import { RideLayer } from '#app/_map/ride-layer.tsx'
import { toLatLng } from '#app/_map/trail-path.ts'
import { useFollow } from '#app/_map/use-follow.ts'
import { useReducedMotion } from '#app/_ui/use-media.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { Delivery } from '#contracts/delivery.ts'
import type { LatLng } from '#contracts/place.ts'
import type { RiderState } from '../ride/rider-state.ts'
import { WORDS } from './words.ts'

const NO_TRAIL: LatLng[] = []
const NO_WAY: LatLng[] = []
const PADDING: Padding = { topLeft: [40, 64], bottomRight: [40, 52] }
/** A little longer than a tick (ticker.ts), so that the marker never stops between two positions. */
const GLIDE_MS = 260

type Props = {
  delivery: Delivery
  position: RiderState['position']
  sharing: boolean
  over: boolean
  tiles: Tiles
}

/** Once it is over the two places are left: a simulated rider would stand at the store again. */
export function RiderMap({ delivery, position: own, sharing, over, tiles }: Props) {
  const say = useSay()
  const { store, destination, route, routed } = delivery
  const way = over ? NO_WAY : route
  const position = over ? null : own
  const rider = useMemo(
    () =>
      position && {
        seq: position.tick,
        at: position.at,
        headingDeg: position.headingDeg,
        durationMs: GLIDE_MS,
        freshness: sharing ? 'live' : 'none',
      },
    [position, sharing],
  )
  return (
    <MapFrame label={say(WORDS.map)} center={toLatLng(store)} tiles={tiles}>
      <PlaceMarker place={store} kind="store" />
      <PlaceMarker place={destination} kind="home" />
      <RideLayer route={way} routed={routed} rider={rider} trail={NO_TRAIL} />
      <Follow points={[toLatLng(store), toLatLng(destination), ...(position ? [position.at] : [])]} />
    </MapFrame>
  )
}

function Follow({ points }: { points: LatLng[] }) {
  const still = useReducedMotion()
  const { following, recentre } = useFollow({ points, padding: PADDING, still })
  return following ? null : <RecentreButton onClick={recentre} className="right-4 bottom-10 md:right-20" />
}
