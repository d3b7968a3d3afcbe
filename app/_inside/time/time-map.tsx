'use client'
import { useMemo } from 'react'
import { courseAlong } from '#app/_map/course.ts'
import type { Padding } from '#app/_map/frame-padding.ts'
import { MapFrame } from '#app/_map/map-frame.tsx'
import { nearestCopies } from '#app/_map/nearest-copy.ts'
import { PlaceMarker } from '#app/_map/place-marker.tsx'
import { RideLayer } from '#app/_map/ride-layer.tsx'
import { toLatLng, trailPath } from '#app/_map/trail-path.ts'
import { useFollow } from '#app/_map/use-follow.ts'
import { useReducedMotion } from '#app/_ui/use-media.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { Delivery } from '#contracts/delivery.ts'
import type { LogPoint } from '#contracts/inside/time.ts'
import { usePage } from '../page-context.ts'

const PADDING: Padding = { topLeft: [44, 60], bottomRight: [44, 40] }
/** Short, so that the marker keeps up with the slider. */
const GLIDE_MS = 120

/** The ride as the log holds it up to one offset: `points` are all of the delivery's up to there. */
export function TimeMap({ delivery, points }: { delivery: Delivery; points: readonly LogPoint[] }) {
  const { tiles } = usePage()
  const say = useSay()
  const { route, store } = delivery
  // An implausible point is in the log, but the rider was not there.
  const locations = useMemo(
    () => points.map(({ location }) => location).filter(({ implausible }) => !implausible),
    [points],
  )
  const newest = locations.at(-1)
  const trail = useMemo(
    () => trailPath(locations.slice(0, -1), { route: nearestCopies(route, store.lng), centreLng: store.lng }),
    [locations, route, store.lng],
  )
  const rider = useMemo(
    () =>
      newest
        ? {
            seq: newest.seq,
            at: toLatLng(newest),
            course: courseAlong(locations),
            durationMs: GLIDE_MS,
            freshness: 'live',
          }
        : null,
    [newest, locations],
  )
  return (
    <div className="h-96 overflow-hidden rounded-2xl border border-line">
      <MapFrame
        fixed
        label={say({ en: 'The rider then', ko: '그때의 라이더' })}
        center={toLatLng(store)}
        tiles={tiles}
      >
        <PlaceMarker place={store} kind="store" />
        <PlaceMarker place={delivery.destination} kind="home" />
        <RideLayer route={route} rider={rider} trail={trail} />
        <Follow delivery={delivery} />
      </MapFrame>
    </div>
  )
}

/** Frames the whole ride, so that the map stands still while the slider moves. */
function Follow({ delivery }: { delivery: Delivery }) {
  const still = useReducedMotion()
  useFollow({
    points: [toLatLng(delivery.store), toLatLng(delivery.destination), ...delivery.route],
    padding: PADDING,
    still,
  })
  return null
}
