import { describe, expect, it } from 'vitest'
import { arrivalBeforePickUp } from '#domain/arrival-before-pick-up.ts'

/** Some 2 km to the north. */
const order = {
  route: [
    [37.5, 127],
    [37.518, 127],
  ] as [number, number][],
  routed: true,
}
const minutes = (ms: number) => ms / 60_000

describe('the arrival before pick-up', () => {
  it('[TRK19] without a promise it says how long the ride will take, whenever it begins', () => {
    const now = arrivalBeforePickUp(order, 0)
    expect(now).toEqual(arrivalBeforePickUp(order, 3_600_000))
    expect(now.at).toBeNull()
    expect(minutes(now.ride.fromMs)).toBeGreaterThan(2)
    expect(minutes(now.ride.toMs)).toBeLessThan(15)
    expect(now.ride.toMs).toBeGreaterThan(now.ride.fromMs)
  })

  it('[TRK19] a straight line is told as a wider span', () => {
    const span = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => toMs - fromMs
    const [planned, straight] = [
      arrivalBeforePickUp(order, 0),
      arrivalBeforePickUp({ ...order, routed: false }, 0),
    ]
    expect(span(straight.ride)).toBeGreaterThan(span(planned.ride))
  })

  it('[TRK19] a promise is a span up to it, never sooner than the way takes', () => {
    const promisedAtMs = 30 * 60_000
    const early = arrivalBeforePickUp({ ...order, promisedAtMs }, 0)
    expect(early).toMatchObject({ at: { fromMs: 20 * 60_000, toMs: promisedAtMs }, isLate: false })
    const close = arrivalBeforePickUp({ ...order, promisedAtMs }, 25 * 60_000)
    expect(close.at?.fromMs).toBe(25 * 60_000 + close.ride.fromMs)
    for (const nowMs of [29.5 * 60_000, 40 * 60_000])
      expect(arrivalBeforePickUp({ ...order, promisedAtMs }, nowMs)).toMatchObject({ at: null, isLate: true })
  })
})
