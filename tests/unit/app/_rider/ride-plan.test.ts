import { describe, expect, it } from 'vitest'
import { createGpsNoise } from '#app/_rider/gps/gps-noise.ts'
import type { LatLng } from '#contracts/place.ts'
import { distanceM } from '#domain/geometry.ts'
import { planRide } from '#domain/ride-plan.ts'
import { ROUTE } from '../samples.ts'

const plan = planRide(ROUTE)

describe('the simulated ride', () => {
  it('[RIDE1] starts at the store, ends at the door and stays there', () => {
    expect(plan.momentAt(0).at).toEqual(ROUTE[0])
    expect(plan.momentAt(plan.durationMs).at).toEqual(ROUTE[2])
    expect(plan.momentAt(plan.durationMs + 3_600_000)).toMatchObject({ at: ROUTE[2], speedMps: 0 })
  })

  it('[RIDE2] goes at 20 to 30 km/h on average', () => {
    const kmh = (plan.totalM / plan.durationMs) * 3_600
    expect(kmh).toBeGreaterThan(20)
    expect(kmh).toBeLessThan(30)
  })

  it('[RIDE2] slows down for the corner and cruises before it', () => {
    const cornerMs = plan.msAtM(plan.totalM / 2)
    expect(plan.momentAt(cornerMs).speedMps).toBeLessThan(4)
    expect(plan.momentAt(plan.msAtM(plan.totalM / 4)).speedMps).toBeGreaterThan(7)
  })

  it('[RIDE2] moves as fast as it says', () => {
    for (let ms = 5_000; ms < plan.durationMs - 5_000; ms += 1_000) {
      const { at, speedMps } = plan.momentAt(ms)
      const metres = distanceM(at, plan.momentAt(ms + 200).at)
      expect(Math.abs(metres / 0.2 - speedMps)).toBeLessThan(1)
    }
  })

  it('[RIDE3] can be taken up again where it was left', () => {
    for (const alongM of [0, 123, 500, 900]) {
      const { at } = plan.momentAt(plan.msAtM(alongM))
      expect(distanceM(at, plan.momentAt(plan.msAtM(alongM) + 1).at)).toBeLessThan(0.1)
    }
    expect(plan.msAtM(plan.totalM + 50)).toBeCloseTo(plan.durationMs)
  })

  it('[RIDE1] a route of one point is a ride of no length', () => {
    const [only] = ROUTE
    const still = planRide(only ? [only] : [])
    expect(still.durationMs).toBe(0)
    expect(still.momentAt(10).at).toEqual(only)
  })
})

it('[RIDE4] readings are a few metres off and say so', () => {
  let seed = 1
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const noisy = createGpsNoise(random)
  const at: LatLng = [37.5, 127]
  const readings = Array.from({ length: 500 }, () => noisy(at))
  const errors = readings.map((reading) => distanceM(reading.at, at)).sort((a, b) => a - b)
  expect(errors[250]).toBeGreaterThan(0.5)
  expect(errors[475]).toBeLessThan(10)
  expect(readings.every(({ accuracyM }) => accuracyM >= 4 && accuracyM <= 12)).toBe(true)
})
