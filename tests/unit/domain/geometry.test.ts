import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LatLng } from '#contracts/place.ts'
import { bearingDeg, distanceM } from '#domain/geometry.ts'
import { anywhere } from './arbitraries.ts'

const gangnam: LatLng = [37.4979, 127.0276]
const seoulCityHall: LatLng = [37.5663, 126.9779]

describe('distances', () => {
  it('[GEO1] are great-circle metres', () => {
    // One degree of a meridian on a sphere of 6,371,008.8 m.
    expect(distanceM([0, 0], [1, 0])).toBeCloseTo(111_195.08, 1)
    expect(distanceM(gangnam, seoulCityHall)).toBeGreaterThan(8_700)
    expect(distanceM(gangnam, seoulCityHall)).toBeLessThan(8_800)
  })

  it('[GEO1] are 0 from a point to itself, the same both ways, and at most half the way round', () => {
    fc.assert(
      fc.property(anywhere, anywhere, (a, b) => {
        expect(distanceM(a, a)).toBe(0)
        expect(distanceM(a, b)).toBeCloseTo(distanceM(b, a), 6)
        expect(distanceM(a, b)).toBeLessThanOrEqual(20_015_115)
      }),
    )
  })
})

describe('bearings', () => {
  it.each<[string, LatLng, number]>([
    ['north', [1, 0], 0],
    ['east', [0, 1], 90],
    ['south', [-1, 0], 180],
    ['west', [0, -1], 270],
  ])('[GEO2] %s is read clockwise from north', (_name, to, expected) => {
    expect(bearingDeg([0, 0], to)).toBeCloseTo(expected, 9)
  })

  it('[GEO2] lie in 0 ≤ x < 360', () => {
    fc.assert(
      fc.property(anywhere, anywhere, (a, b) => {
        expect(bearingDeg(a, b)).toBeGreaterThanOrEqual(0)
        expect(bearingDeg(a, b)).toBeLessThan(360)
      }),
    )
    // A hair west of north: −1e-15 + 360 rounds to 360.
    expect(bearingDeg([0, 0], [89, -1e-18])).toBe(0)
  })
})
