'use client'
import { useMemo } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { MapFrame } from '#app/_map/map-frame.tsx'
import { PlaceMarker } from '#app/_map/place-marker.tsx'
import { ReplayLayer } from '#app/_map/replay-layer.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { BoardDelivery } from '#contracts/dispatch.ts'
import type { LatLng } from '#contracts/place.ts'
import type { Ride, RideMoment } from '../state/replay.ts'
import { WORDS } from '../words.ts'

type Props = { delivery: BoardDelivery; route: LatLng[]; ride: Ride; moment: RideMoment; tiles: Tiles }

export function ReplayMap({ delivery: { store, destination }, route, ride, moment, tiles }: Props) {
  const say = useSay()
  const path = useMemo(() => ride.points.map(({ at }) => at), [ride])
  const stops = useMemo(() => ride.stops.map(({ at }) => at), [ride])
  return (
    <MapFrame label={say(WORDS.replayMap)} center={[store.lat, store.lng]} tiles={tiles}>
      <ReplayLayer route={route} path={path} stops={stops} {...moment} />
      <PlaceMarker kind="store" place={store} />
      <PlaceMarker kind="home" place={destination} />
    </MapFrame>
  )
}
