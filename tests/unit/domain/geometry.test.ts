import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LatLng } from '#contracts/place.ts'
import { bearingDeg, distanceM, isFurtherNorthOrSouth, isSurelyWithin } from '#domain/geometry.ts'
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

it('[GEO1] what is said of two places without their distance is right', () => {
  const near = fc
    .tuple(
      anywhere,
      fc.double({ min: -0.01, max: 0.01, noNaN: true }),
      fc.double({ min: -0.01, max: 0.01, noNaN: true }),
    )
    .map(([[lat, lng], north, east]): [LatLng, LatLng] => [
      [lat, lng],
      [Math.min(90, Math.max(-90, lat + north)), lng + east],
    ])
  fc.assert(
    fc.property(
      fc.oneof(near, fc.tuple(anywhere, anywhere)),
      fc.double({ min: 1, max: 2_000, noNaN: true }),
      ([a, b], metres) => {
        const [from, to] = [a, b].map(([lat, lng]) => ({ lat, lng }))
        if (!from || !to) throw new Error('Two places were given')
        const apartM = distanceM(a, b)
        if (isFurtherNorthOrSouth(from, to, metres)) expect(apartM).toBeGreaterThan(metres)
        if (isSurelyWithin(from, to, metres)) expect(apartM).toBeLessThanOrEqual(metres)
        // Neither says anything that cannot be told so easily.
        if (apartM <= metres) expect(isFurtherNorthOrSouth(from, to, metres)).toBe(false)
      },
    ),
    { numRuns: 2_000 },
  )
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
