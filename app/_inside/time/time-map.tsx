'use client'
import { useMemo } from 'react'
import { courseAlong } from '#app/_map/course.ts'
import { MapFrame } from '#app/_map/map-frame.tsx'
import { nearestCopies } from '#app/_map/nearest-copy.ts'
import { PlaceMarker } from '#app/_map/place-marker.tsx'
import { RideLayer } from '#app/_map/ride-layer.tsx'
import { toLatLng, trailPath } from '#app/_map/trail-path.ts'
import { type Padding, useFollow } from '#app/_map/use-follow.ts'
import { useReducedMotion } from '#app/_ui/use-media.ts'
import type { Delivery } from '#contracts/delivery.ts'
import type { LogPoint } from '#contracts/inside/time.ts'
import { useSay } from '../language.tsx'
import { usePage } from '../page-context.ts'

const PADDING: Padding = { topLeft: [44, 60], bottomRight: [44, 40] }
/** As quick as the hand that drags. */
const GLIDE_MS = 120

/** The rider as the log tells it up to one place: `points` are all of the delivery's up to there. */
export function TimeMap({ delivery, points }: { delivery: Delivery; points: readonly LogPoint[] }) {
  const { tiles } = usePage()
  const say = useSay()
  const { route, store } = delivery
  // A place that was not believed is in the log, but not where the rider was.
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

/** The whole way: it stays where it is while one drags. */
function Follow({ delivery }: { delivery: Delivery }) {
  const still = useReducedMotion()
  useFollow({
    points: [toLatLng(delivery.store), toLatLng(delivery.destination), ...delivery.route],
    padding: PADDING,
    still,
  })
  return null
}
