import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LatLng } from '#contracts/place.ts'
import { distanceM } from '#domain/geometry.ts'
import { pointAlong, progressAlongRoute, remainingRoute, routeLengthM } from '#domain/route.ts'
import { inSeoul, seoulRoute } from './arbitraries.ts'

/** East for a while, then north. */
const corner: LatLng = [37.5, 127.01]
const route: LatLng[] = [[37.5, 127], corner, [37.51, 127.01]]
const eastM = distanceM([37.5, 127], corner)
const northM = distanceM(corner, [37.51, 127.01])

describe('progress along a route', () => {
  it('[ROUTE1] is measured to the nearest point of the route', () => {
    const progress = progressAlongRoute(route, [37.505, 127.0101])
    expect(progress.alongM).toBeCloseTo(eastM + northM / 2, 0)
    expect(progress.offRouteM).toBeCloseTo(distanceM([37.505, 127.01], [37.505, 127.0101]), 1)
    expect(progress.totalM).toBeCloseTo(eastM + northM, 6)
  })

  it('[ROUTE1] starts at 0 and ends with nothing remaining', () => {
    expect(progressAlongRoute(route, [37.5, 126.9])).toMatchObject({ alongM: 0, remainingM: eastM + northM })
    expect(progressAlongRoute(route, [37.52, 127.01]).remainingM).toBeCloseTo(0, 6)
  })

  it('[ROUTE1] stays within the route, from anywhere', () => {
    fc.assert(
      fc.property(seoulRoute, inSeoul, (any, at) => {
        const { alongM, offRouteM, remainingM, totalM } = progressAlongRoute(any, at)
        expect(alongM).toBeGreaterThanOrEqual(0)
        expect(alongM + remainingM).toBeCloseTo(totalM, 6)
        expect(remainingM).toBeGreaterThanOrEqual(-1e-6)
        // Nowhere is the route nearer than at the snapped point; 0.1 % for the plane against the sphere.
        for (const point of any) expect(offRouteM).toBeLessThanOrEqual(distanceM(at, point) * 1.001 + 1e-6)
      }),
    )
  })

  it('[ROUTE3] of a route without length is zeros', () => {
    const nothing = { alongM: 0, remainingM: 0, totalM: 0 }
    expect(progressAlongRoute([], corner)).toEqual({ ...nothing, offRouteM: 0 })
    expect(progressAlongRoute([corner], corner)).toEqual({ ...nothing, offRouteM: 0 })
    expect(progressAlongRoute([corner], [37.51, 127.01])).toEqual({ ...nothing, offRouteM: northM })
    expect(progressAlongRoute([corner, corner], corner)).toEqual({ ...nothing, offRouteM: 0 })
    expect(routeLengthM([])).toBe(0)
    expect(routeLengthM([corner])).toBe(0)
  })
})

describe('the point along a route', () => {
  it('[ROUTE2] is where progress measures the same distance', () => {
    const halfNorth = pointAlong(route, eastM + northM / 2)
    expect(halfNorth[0]).toBeCloseTo(37.505, 9)
    expect(halfNorth[1]).toBeCloseTo(127.01, 9)
    fc.assert(
      fc.property(seoulRoute, fc.double({ min: 0, max: 1, noNaN: true }), (any, share) => {
        const point = pointAlong(any, share * routeLengthM(any))
        expect(progressAlongRoute(any, point).offRouteM).toBeLessThan(0.01)
      }),
    )
  })

  it('[ROUTE2] is the start or the end when the distance is off the route', () => {
    expect(pointAlong(route, -5)).toEqual(route[0])
    expect(pointAlong(route, 0)).toEqual(route[0])
    expect(pointAlong(route, 1e9)).toEqual(route[2])
  })

  it('[ROUTE3] of a single point is that point, and of none an error', () => {
    expect(pointAlong([corner], 10)).toEqual(corner)
    expect(pointAlong([corner, corner], 0)).toEqual(corner)
    expect(() => pointAlong([], 0)).toThrow(RangeError)
  })
})

describe('the remaining route', () => {
  it('[ROUTE4] begins at the snapped point and ends at the end', () => {
    const rest = remainingRoute(route, [37.505, 127.02])
    expect(rest).toHaveLength(2)
    expect(rest[0]?.[0]).toBeCloseTo(37.505, 6)
    expect(rest[1]).toEqual(route[2])
  })

  it('[ROUTE4] does not repeat a corner that the rider is at', () => {
    expect(remainingRoute(route, corner)).toEqual([corner, route[2]])
    expect(remainingRoute(route, [37.6, 127.01])).toEqual([route[2]])
  })

  it('[ROUTE4] is as long as the progress says', () => {
    fc.assert(
      fc.property(seoulRoute, inSeoul, (any, at) => {
        const { remainingM } = progressAlongRoute(any, at)
        expect(Math.abs(routeLengthM(remainingRoute(any, at)) - remainingM)).toBeLessThan(0.5)
      }),
    )
  })

  it('[ROUTE3] of none is none, and of a single point that point', () => {
    expect(remainingRoute([], corner)).toEqual([])
    expect(remainingRoute([corner], [37, 127])).toEqual([corner])
  })
})
