import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type DeviceGps, type GpsState, watchDevice } from '#app/_rider/gps/device-gps.ts'

let watches: Map<number, { ok: PositionCallback; bad: PositionErrorCallback }>
let asks: { ok: PositionCallback; bad: PositionErrorCallback }[]
let states: GpsState[]
let permission: { state: PermissionState; change: () => void }
let page: { visibilityState: string; shown: () => void }
let gps: DeviceGps

beforeEach(async () => {
  vi.useFakeTimers()
  ;[watches, asks, states] = [new Map(), [], []]
  permission = { state: 'granted', change: () => {} }
  page = { visibilityState: 'visible', shown: () => {} }
  let id = 0
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('navigator', {
    geolocation: {
      watchPosition(ok: PositionCallback, bad: PositionErrorCallback) {
        watches.set(++id, { ok, bad })
        return id
      },
      clearWatch: (old: number) => watches.delete(old),
      getCurrentPosition: (ok: PositionCallback, bad: PositionErrorCallback) => asks.push({ ok, bad }),
    },
    permissions: {
      query: async () => ({
        get state() {
          return permission.state
        },
        addEventListener: (_: string, change: () => void) => {
          permission.change = change
        },
        removeEventListener: () => {},
      }),
    },
  })
  vi.stubGlobal('document', {
    get visibilityState() {
      return page.visibilityState
    },
    addEventListener: (_: string, shown: () => void) => {
      page.shown = shown
    },
    removeEventListener: () => {},
  })
  gps = watchDevice((state) => states.push(state))
  await vi.advanceTimersByTimeAsync(0)
})
afterEach(() => {
  gps.stop()
  expect(watches.size, 'watches left behind').toBe(0)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const watch = () => [...watches.values()].at(-1)
const report = (timestamp = Date.now()) =>
  watch()?.ok({ coords: { latitude: 37.5, longitude: 127, accuracy: 9 }, timestamp } as GeolocationPosition)
const fail = (code: number) => watch()?.bad({ code } as GeolocationPositionError)
/** As the page does at its interval. */
async function live(ms: number, everyMs = 1_000) {
  for (let at = 0; at < ms; at += everyMs) {
    gps.take(everyMs)
    await vi.advanceTimersByTimeAsync(everyMs)
  }
}

describe('the device', () => {
  it('[RIDE9] R7: stands when it is quiet and its watch works; one timeout is no failure, two are', async () => {
    report()
    expect([gps.take(1_000) !== null, gps.stands()]).toEqual([true, false])
    await live(6_000)
    expect([gps.take(1_000), gps.stands()]).toEqual([null, true])
    // Asked, it takes too long to say what has not changed.
    asks[0]?.bad({ code: 3 } as GeolocationPositionError)
    fail(3)
    expect(gps.stands()).toBe(true)
    fail(3)
    expect([gps.stands(), states.at(-1)]).toEqual([false, 'slow'])
    report()
    expect([gps.take(1_000) !== null, states.at(-1)]).toEqual([true, 'working'])
  })

  it('[RIDE19] [RIDE9] stands as well when the server asks for a report every 10 s, and not after a sleep', async () => {
    report()
    await live(40_400, 10_100)
    expect([gps.take(10_000), gps.stands()]).toEqual([null, true])
    await vi.advanceTimersByTimeAsync(25_000)
    expect([gps.take(10_000), gps.stands()]).toEqual([null, false])
  })

  it.each([
    [1, 'denied'],
    [2, 'unavailable'],
  ])('[RIDE9] R7: it does not stand after failure %i', async (code, state) => {
    report()
    await live(6_000)
    fail(code)
    expect([gps.stands(), gps.newest(), states.at(-1)]).toEqual([false, null, state])
  })

  it('[RIDE9] R7: it does not stand behind a page that nobody sees, or that has slept', async () => {
    report()
    await live(6_000)
    page.visibilityState = 'hidden'
    expect(gps.stands()).toBe(false)
    page.visibilityState = 'visible'
    expect(gps.stands()).toBe(true)
    await vi.advanceTimersByTimeAsync(60_000)
    gps.take(1_000)
    expect(gps.stands()).toBe(false)
  })

  it('[RIDE12] R8: a permission given later is noticed at once, or when the page is looked at, or by and by', async () => {
    const regain = async (how: () => void, ms = 0) => {
      permission.state = 'denied'
      fail(1)
      expect(states.at(-1)).toBe('denied')
      const before = watch()
      permission.state = 'granted'
      how()
      await vi.advanceTimersByTimeAsync(ms)
      expect(watch()).not.toBe(before)
      report()
      expect(states.at(-1)).toBe('working')
    }
    await regain(() => permission.change())
    await regain(() => page.shown())
    await regain(() => {}, 5_000)
    // Taken away: silence from that moment on.
    permission.state = 'denied'
    permission.change()
    expect([states.at(-1), gps.newest()]).toEqual(['denied', null])
  })

  it('[RIDE12] R8: who has waved the question away is not asked again by itself', async () => {
    permission.state = 'prompt'
    fail(1)
    const before = watch()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(watch()).toBe(before)
    page.shown()
    expect(watch()).not.toBe(before)
  })

  it('[RIDE11] P4: a first position that takes long is said to', async () => {
    await vi.advanceTimersByTimeAsync(26_000)
    expect(states).toEqual(['asking', 'slow'])
  })
})
