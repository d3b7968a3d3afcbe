import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createServerClock } from '#app/_http/server-clock.ts'
import { openKeptRide } from '#app/_rider/ride/kept-ride.ts'
import { initialRider } from '#app/_rider/ride/rider-state.ts'
import { createRiderStore, type RiderStore } from '#app/_rider/ride/rider-store.ts'
import { type ArrivalWatch, watchArrival } from '#app/_rider/ride/watch-arrival.ts'
import { minutesLeft } from '#app/_rider/screen/next-stop.tsx'
import type { Eta } from '#contracts/snapshot.ts'
import { delivery } from '../samples.ts'

const NOW_MS = 1_800_000_000_000
let store: RiderStore
let watch: ArrivalWatch
let eta: Eta | null
let asked: number

beforeEach(() => {
  vi.useFakeTimers()
  asked = 0
  vi.stubGlobal('fetch', async () => {
    asked += 1
    return Response.json({ delivery: delivery('picked_up'), lastLocation: null, eta, lastSeq: 1 })
  })
  const storage = { getItem: () => null, setItem() {}, removeItem() {} } as unknown as Storage
  store = createRiderStore(initialRider('accepted', NOW_MS), openKeptRide('d', storage))
  watch = watchArrival({ deliveryId: 'd', token: 't', clock: createServerClock(() => NOW_MS), store })
})
afterEach(() => {
  watch.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function postEverySecond(seconds: number) {
  for (let second = 0; second < seconds; second++) {
    watch.posted()
    await vi.advanceTimersByTimeAsync(1_000)
  }
}

it('[RIDE22] the minutes to go are those to the middle of what the customer is shown, asked for every 20 s', async () => {
  eta = { fromMs: NOW_MS + 4 * 60_000, toMs: NOW_MS + 8 * 60_000 }
  await postEverySecond(60)
  expect([asked, store.get().arrivalMs]).toEqual([0, null])
  store.set({ status: 'picked_up' })
  await postEverySecond(1)
  expect(minutesLeft(store.get().arrivalMs, NOW_MS)).toBe(6)
  // It is counted down here meanwhile.
  expect(minutesLeft(store.get().arrivalMs, NOW_MS + 150_000)).toBe(4)
  await postEverySecond(59)
  expect(asked).toBe(3)

  eta = null
  await postEverySecond(20)
  expect(minutesLeft(store.get().arrivalMs, NOW_MS)).toBeNull()
  store.set({ status: 'delivered' })
  await postEverySecond(40)
  expect(asked).toBe(4)
})

it('[RIDE22] there is never no time left, also after the middle has passed', () => {
  expect([minutesLeft(NOW_MS + 20_000, NOW_MS), minutesLeft(NOW_MS - 90_000, NOW_MS)]).toEqual([1, 1])
})
