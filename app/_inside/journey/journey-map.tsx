'use client'
import { useMemo, useState } from 'react'
import type { Padding } from '#app/_map/frame-padding.ts'
import { looseFrame } from '#app/_map/loose-frame.ts'
import { MapFrame } from '#app/_map/map-frame.tsx'
import { nearestCopy } from '#app/_map/nearest-copy.ts'
import { PlaceMarker } from '#app/_map/place-marker.tsx'
import { PointDotsLayer } from '#app/_map/point-dots-layer.tsx'
import { TrailLayer } from '#app/_map/trail-layer.tsx'
import { toLatLng } from '#app/_map/trail-path.ts'
import { useFollow } from '#app/_map/use-follow.ts'
import { riderFreshness, useTracking } from '#app/_tracking/index.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { Delivery } from '#contracts/delivery.ts'
import type { Journey } from '#contracts/inside/journey.ts'
import type { Location } from '#contracts/location.ts'
import { usePage } from '../page-context.ts'

type Props = {
  delivery: Delivery
  customerToken: string
  journeys: readonly Journey[]
  chosenSeq: number | null
  onChoose(seq: number): void
}

const NO_TRAIL: readonly Location[] = []
/** The frame has room of its own. */
const PADDING: Padding = { topLeft: [16, 16], bottomRight: [16, 16] }

/** A real customer's map: it has its own socket and token, and reports when points are painted. */
export function JourneyMap({ delivery, customerToken, journeys: all, chosenSeq, onChoose }: Props) {
  // An implausible point has a record but is not on a customer's map.
  const journeys = useMemo(() => all.filter(({ location }) => !location.implausible), [all])
  const { tiles } = usePage()
  const say = useSay()
  // Each list of running deliveries carries a new token; the socket keeps its first one.
  const [token] = useState(customerToken)
  const state = useTracking(delivery.id, token)
  const dots = useMemo(
    () =>
      journeys.map(({ location }) => ({
        id: location.seq,
        at: toLatLng(location),
        label: say({ en: 'Point {seq}', ko: '{seq}번 위치', values: { seq: location.seq } }),
        chosen: location.seq === chosenSeq,
      })),
    [journeys, chosenSeq, say],
  )
  const trail = state.phase === 'live' ? state.trail : NO_TRAIL
  return (
    <div className="h-80 overflow-hidden rounded-2xl border border-line" data-testid="journey-map">
      <MapFrame
        fixed
        label={say({ en: 'The customer’s map', ko: '고객의 지도' })}
        center={toLatLng(delivery.store)}
        tiles={tiles}
      >
        <PlaceMarker place={delivery.store} kind="store" />
        <PlaceMarker place={delivery.destination} kind="home" />
        <TrailLayer trail={trail} route={delivery.route} freshness={riderFreshness(state)} asReported />
        <PointDotsLayer dots={dots} onChoose={onChoose} />
        <Follow journeys={journeys} delivery={delivery} />
      </MapFrame>
    </div>
  )
}

function Follow({ journeys, delivery }: { journeys: readonly Journey[]; delivery: Delivery }) {
  const points = journeys.map(({ location }) => nearestCopy(toLatLng(location), delivery.store.lng))
  const shown = points.length > 0 ? points : [toLatLng(delivery.store), toLatLng(delivery.destination)]
  const [before, setBefore] = useState(() => looseFrame(null, shown))
  const frame = looseFrame(before, shown)
  if (frame !== before) setBefore(frame)
  // Animating the whole map would cost more than the rest of the page.
  useFollow({ points: [...frame], padding: PADDING, still: true })
  return null
}
