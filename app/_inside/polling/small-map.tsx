'use client'
import { memo } from 'react'
import type { Padding } from '#app/_map/frame-padding.ts'
import { MapFrame } from '#app/_map/map-frame.tsx'
import { PlaceMarker } from '#app/_map/place-marker.tsx'
import { TrailLayer } from '#app/_map/trail-layer.tsx'
import { toLatLng } from '#app/_map/trail-path.ts'
import { useFollow } from '#app/_map/use-follow.ts'
import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { usePage } from '../page-context.ts'

type Props = { label: string; delivery: Delivery; trail: readonly Location[]; freshness: string }

const PADDING: Padding = { topLeft: [36, 60], bottomRight: [36, 28] }

/**
 * The whole ride as one side received it. The marker does not glide, as that would show it later than it was received.
 * Memoised, because the numbers below it change often.
 */
export const SmallMap = memo(function SmallMap({ label, delivery, trail, freshness }: Props) {
  const { tiles } = usePage()
  const { store, destination, route } = delivery
  return (
    <MapFrame label={label} center={toLatLng(destination)} tiles={tiles} fixed>
      <PlaceMarker place={store} kind="store" />
      <PlaceMarker place={destination} kind="home" />
      <TrailLayer trail={trail} route={route} freshness={freshness} asReported />
      <Frame route={route} />
    </MapFrame>
  )
})

function Frame({ route }: { route: LatLng[] }) {
  useFollow({ points: route, padding: PADDING, still: true })
  return null
}
