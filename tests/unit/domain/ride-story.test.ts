import { expect, it } from 'vitest'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { type Told, tellRide } from '#domain/ride-story.ts'

const START = 1_800_000_000_000
const at = (minutes: number) => START + minutes * 60_000
/** Straight north, 1.1 km. */
const ROUTE: LatLng[] = [
  [37.5, 127],
  [37.51, 127],
]
const DESTINATION = { name: 'There', lat: 37.51, lng: 127 }

function point(seq: number, atMs: number, lat: number, lng = 127): Location {
  return { deliveryId: 'd', seq, lat, lng, recordedAtMs: atMs, receivedAtMs: atMs, accuracyM: 8 }
}
function ride(change: Partial<Told>): Told {
  return {
    status: 'picked_up',
    createdAtMs: START,
    statusAtMs: at(2),
    pickedUpAtMs: at(2),
    destination: DESTINATION,
    route: ROUTE,
    routed: true,
    locations: [],
    ...change,
  }
}

it('[BOARD16] a ride without trouble is its statuses', () => {
  const locations = Array.from({ length: 9 }, (_, i) => point(i + 1, at(2) + i * 30_000, 37.5 + i * 0.00125))
  const delivered = ride({ status: 'delivered', statusAtMs: at(6.5), locations })
  expect(tellRide(delivered, at(60))).toEqual([
    { kind: 'accepted', atMs: START },
    { kind: 'picked_up', atMs: at(2) },
    // The first within 200 m of the destination.
    { kind: 'arriving', atMs: at(2) + 7 * 30_000 },
    { kind: 'delivered', atMs: at(6.5) },
  ])
})

it('[BOARD16] an order that waits, or was cancelled before the pick-up, has no silence', () => {
  const waiting = ride({ status: 'accepted', pickedUpAtMs: null, statusAtMs: START })
  expect(tellRide(waiting, at(60))).toEqual([{ kind: 'accepted', atMs: START }])
  const cancelled = ride({ status: 'cancelled', pickedUpAtMs: null, statusAtMs: at(9) })
  expect(tellRide(cancelled, at(60)).map(({ kind }) => kind)).toEqual(['accepted', 'cancelled'])
})

it('[BOARD16] silences of a minute and more, also the one that lasts', () => {
  const locations = [point(1, at(2.5), 37.5), point(2, at(4), 37.501), point(3, at(4.9), 37.502)]
  expect(tellRide(ride({ locations }), at(5.5)).filter(({ kind }) => kind === 'silence')).toEqual([
    { kind: 'silence', atMs: at(2.5), toMs: at(4) },
  ])
  expect(tellRide(ride({ locations }), at(6)).filter(({ kind }) => kind === 'silence')).toEqual([
    { kind: 'silence', atMs: at(2.5), toMs: at(4) },
    { kind: 'silence', atMs: at(4.9), toMs: null },
  ])
})

it('[BOARD16] a stretch off the way, by how far; one reading alone is none', () => {
  const east = (m: number) => 127 + m / 88_300
  const locations = [
    point(1, at(2.1), 37.501),
    point(2, at(2.2), 37.502, east(400)),
    point(3, at(2.3), 37.502),
    point(4, at(2.4), 37.503, east(150)),
    point(5, at(2.5), 37.504, east(300)),
    point(6, at(2.6), 37.505, east(150)),
    point(7, at(2.7), 37.506),
  ]
  const [detour, ...others] = tellRide(ride({ locations }), at(3)).filter(({ kind }) => kind === 'detour')
  expect(detour).toMatchObject({ atMs: at(2.4), toMs: at(2.7) })
  expect(detour).toHaveProperty('farthestM', expect.closeTo(300, -1))
  // Streets lead away from a straight line.
  const onStraight = tellRide({ ...ride({ locations }), routed: false }, at(3))
  expect(onStraight.filter(({ kind }) => kind === 'detour')).toEqual([])
  expect(others).toEqual([])
})
