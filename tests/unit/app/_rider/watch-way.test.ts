import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createServerClock } from '#app/_http/server-clock.ts'
import { openKeptRide } from '#app/_rider/ride/kept-ride.ts'
import { initialRider } from '#app/_rider/ride/rider-state.ts'
import { createRiderStore, type RiderStore } from '#app/_rider/ride/rider-store.ts'
import { type WayWatch, watchWay } from '#app/_rider/ride/watch-way.ts'
import type { LatLng } from '#contracts/place.ts'
import { delivery } from '../samples.ts'

const ROUTE: LatLng[] = [
  [37.5, 127],
  [37.52, 127],
]
/** Some 440 m beside it. */
const BESIDE = 127.005
const ANEW: LatLng[] = [
  [37.51, BESIDE],
  [37.52, 127],
]

let store: RiderStore
let watch: WayWatch
let route: LatLng[]
let asked: number
let atMs: number

beforeEach(() => {
  vi.useFakeTimers()
  ;[route, asked, atMs] = [ROUTE, 0, 0]
  vi.stubGlobal('fetch', async () => {
    asked += 1
    const snapshot = {
      delivery: { ...delivery('picked_up'), route },
      lastLocation: null,
      eta: null,
      lastSeq: 1,
    }
    return Response.json(snapshot)
  })
  const storage = { getItem: () => null, setItem() {}, removeItem() {} } as unknown as Storage
  store = createRiderStore(initialRider('picked_up', 0), openKeptRide('d', storage))
  watch = watchWay({ deliveryId: 'd', token: 't', route: ROUTE, clock: createServerClock(() => 0), store })
})
afterEach(() => {
  watch.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function ride(seconds: number, lng: number): Promise<void> {
  for (const untilMs = atMs + seconds * 1_000; atMs < untilMs; ) {
    atMs += 2_000
    watch.recorded({ seq: atMs, lat: 37.51, lng, recordedAtMs: atMs, accuracyM: 8 })
    await vi.advanceTimersByTimeAsync(2_000)
  }
}

it('[WAY7] on the way, and for moments beside it, nothing is asked', async () => {
  await ride(60, 127)
  await ride(14, BESIDE)
  await ride(10, 127)
  await ride(14, BESIDE)
  expect(asked).toBe(0)
})

it('[WAY7] off the way it asks for the new one until it is there, soon at first, later seldom', async () => {
  await ride(30, BESIDE)
  expect(asked).toBeGreaterThan(3)
  expect(store.get().way).toBeNull()
  await ride(60, BESIDE)
  expect(asked).toBeLessThan(14)
  route = ANEW
  await ride(16, BESIDE)
  expect(store.get().way).toEqual({ route: ANEW, routed: true })
  const before = asked
  await ride(60, BESIDE)
  expect(asked, 'on the new way').toBe(before)
})

it('[WAY7] the new way is taken too from a delivery that was read for another reason, and the same one is no news', () => {
  expect(watch.read({ ...delivery('picked_up'), route: ROUTE })).toBe(false)
  expect(store.get().way).toBeNull()
  expect(watch.read({ ...delivery('picked_up'), route: ANEW })).toBe(true)
  expect(store.get().way?.route).toEqual(ANEW)
})
