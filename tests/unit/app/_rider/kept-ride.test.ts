import { describe, expect, it } from 'vitest'
import { openKeptRide } from '#app/_rider/ride/kept-ride.ts'
import { initialRider, keptOf, reopenedRider } from '#app/_rider/ride/rider-state.ts'

function memoryStorage() {
  const held = new Map<string, string>()
  let writes = 0
  return {
    held,
    writes: () => writes,
    getItem: (key: string) => held.get(key) ?? null,
    setItem(key: string, value: string) {
      writes++
      held.set(key, value)
    },
    removeItem: (key: string) => held.delete(key),
  }
}
const riding = { sharing: true, riding: true, source: 'device', speedFactor: 5, intervalMs: 1_000 } as const

describe('a reloaded page', () => {
  it('[RIDE5] goes on as the page before was left', () => {
    const storage = memoryStorage()
    openKeptRide('d1', storage).keep(keptOf({ ...initialRider('picked_up', 0), ...riding }))
    const kept = openKeptRide('d1', storage).read()
    expect(reopenedRider('picked_up', 7, kept, 'device')).toMatchObject({
      ...riding,
      resumed: true,
      nowMs: 7,
    })
    expect(openKeptRide('d2', storage).read()).toBeNull()
  })

  it('[RIDE5] a ride that was paused stands, and what was not shared is not shared', () => {
    const paused = reopenedRider('picked_up', 0, { ...riding, riding: false }, 'device')
    expect(paused).toMatchObject({ sharing: true, riding: false, resumed: true })
    const stopped = reopenedRider('picked_up', 0, { ...riding, sharing: false }, 'device')
    expect(stopped).toMatchObject({ sharing: false, riding: false, resumed: false, speedFactor: 5 })
    expect(reopenedRider('accepted', 0, null, 'simulation')).toEqual(initialRider('accepted', 0))
  })

  it('[RIDE18] a ride begins with the source of its installation, and goes on with the one that was chosen', () => {
    expect(reopenedRider('accepted', 0, null, 'device').source).toBe('device')
    expect(reopenedRider('accepted', 0, { ...riding, source: 'simulation' }, 'device').source).toBe(
      'simulation',
    )
  })

  it('[RIDE5] after the end nothing is shared, and nothing is remembered', () => {
    expect(reopenedRider('delivered', 0, riding, 'simulation')).toEqual(initialRider('delivered', 0))
    const storage = memoryStorage()
    openKeptRide('d1', storage).keep(riding)
    openKeptRide('d1', storage).keep(keptOf({ ...initialRider('delivered', 0), ...riding }))
    expect(storage.held.size).toBe(0)
  })

  it('[RIDE5] what it did not write itself it does not believe; what did not change it does not write', () => {
    const storage = memoryStorage()
    const store = openKeptRide('d1', storage)
    for (let times = 0; times < 3; times++) store.keep(riding)
    expect(storage.writes()).toBe(1)
    const [key = ''] = storage.held.keys()
    for (const text of ['{', 'null', '{"sharing":true}', JSON.stringify({ ...riding, speedFactor: 1_000 })]) {
      storage.held.set(key, text)
      expect(store.read()).toBeNull()
    }
  })
})
