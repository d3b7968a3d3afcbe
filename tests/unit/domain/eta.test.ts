import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { etaSchema } from '#contracts/snapshot.ts'
import { CITY_SPEED_MPS, estimateArrival } from '#domain/eta.ts'
import { pointAlong, routeLengthM } from '#domain/route.ts'
import { anyFix, inSeoul, seoulRoute } from './arbitraries.ts'

const NOW_MS = 1_700_000_000_000
const route: LatLng[] = [
  [37.5, 127],
  [37.52, 127],
]
const totalM = routeLengthM(route)

function at([lat, lng]: LatLng, ageMs = 0): Location {
  return { deliveryId: 'd', seq: 1, lat, lng, recordedAtMs: NOW_MS - ageMs, receivedAtMs: NOW_MS }
}
const eta = (point: LatLng, ageMs = 0, recentSpeedMps?: number) =>
  estimateArrival({ route, location: at(point, ageMs), nowMs: NOW_MS, recentSpeedMps })
const width = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => toMs - fromMs

describe('the estimated arrival', () => {
  it('[ETA1] is a range of 0.85 to 1.35 of the travel time and half a minute at the door', () => {
    const travelMs = (totalM / CITY_SPEED_MPS) * 1_000
    const { fromMs, toMs } = eta([37.5, 127])
    expect(fromMs - NOW_MS).toBeCloseTo(0.85 * travelMs, -1)
    expect(toMs - NOW_MS).toBeCloseTo(1.35 * travelMs + 30_000, -1)
  })

  it('[ETA1] at the door is now, give or take the door', () => {
    expect(eta([37.52, 127])).toEqual({ fromMs: NOW_MS, toMs: NOW_MS + 30_000 })
  })

  it('[ETA2] comes sooner and gets narrower along the route', () => {
    const distance = fc.double({ min: 0, max: totalM, noNaN: true })
    fc.assert(
      fc.property(distance, distance, (a, b) => {
        const earlier = eta(pointAlong(route, Math.min(a, b)))
        const later = eta(pointAlong(route, Math.max(a, b)))
        expect(later.toMs).toBeLessThanOrEqual(earlier.toMs)
        expect(later.fromMs).toBeLessThanOrEqual(earlier.fromMs)
        // Both ends are rounded to a millisecond.
        expect(width(later)).toBeLessThanOrEqual(width(earlier) + 1)
      }),
    )
  })

  it('[ETA3] follows the recent speed, between walking and 14 m/s', () => {
    const start: LatLng = [37.5, 127]
    expect(eta(start, 0, 10).toMs).toBeLessThan(eta(start).toMs)
    expect(eta(start, 0, 0).toMs).toBeGreaterThan(eta(start).toMs)
    expect(eta(start, 0, 0).toMs).toBeLessThan(NOW_MS + ((1.35 * totalM) / 2) * 1_000 + 30_001)
    expect(eta(start, 0, 900)).toEqual(eta(start, 0, 100))
    expect(eta(start, 0, Number.NaN)).toEqual(eta(start))
    expect(estimateArrival({ route, location: at(start), nowMs: NOW_MS, recentSpeedMps: null })).toEqual(
      eta(start),
    )
  })

  it('[ETA4] counts the way back to the route', () => {
    expect(eta([37.51, 127.01]).fromMs).toBeGreaterThan(eta([37.51, 127]).fromMs)
  })

  it('[ETA5] gets wider with the age of the location: the rider may have gone on, or stand there still', () => {
    const fresh = eta([37.5, 127])
    const old = eta([37.5, 127], 60_000)
    expect(old).toEqual({ fromMs: fresh.fromMs - 60_000, toMs: fresh.toMs })
    expect(eta([37.5, 127], 86_400_000)).toEqual({ fromMs: NOW_MS, toMs: fresh.toMs })
  })

  it("[ETA5] is not postponed by a device's clock that runs ahead", () => {
    expect(eta([37.5, 127], -3_600_000)).toEqual(eta([37.5, 127]))
  })

  it('[ETA6] fits the wire and is never in the past, whatever comes in', () => {
    const routes = fc.oneof(
      seoulRoute,
      fc.constant<LatLng[]>([]),
      inSeoul.map((point) => [point]),
    )
    fc.assert(
      fc.property(routes, anyFix, fc.nat(), fc.option(fc.double()), (any, fix, nowMs, recentSpeedMps) => {
        const location = { ...fix, deliveryId: 'd', receivedAtMs: nowMs }
        const { fromMs, toMs } = etaSchema.parse(
          estimateArrival({ route: any, location, nowMs, recentSpeedMps }),
        )
        expect(fromMs).toBeGreaterThanOrEqual(nowMs)
        expect(toMs).toBeGreaterThan(fromMs)
      }),
    )
  })
})
