import { describe, expect, it } from 'vitest'
import type { LatLng } from '#contracts/place.ts'
import { pointAlong, progressAlongRoute, routeLengthM } from '#domain/route.ts'
import { pointsOf, progressOf } from './ride.ts'

const north = (metres: number) => 37.5 + metres / 111_195
const east = (metres: number) => 127 + metres / (111_195 * Math.cos((37.5 * Math.PI) / 180))
const drawn = (...points: [eastM: number, northM: number][]): LatLng[] =>
  points.map(([e, n]) => [north(n), east(e)])

const ROUTES: [string, LatLng[]][] = [
  ['a street out and back', drawn([0, 0], [1_000, 0], [0, 0])],
  ['out and back, and on', drawn([0, 0], [600, 30], [1_200, 0], [600, 30], [0, 0], [0, 500])],
  ['a route that crosses itself', drawn([0, 0], [1_500, 0], [1_500, 800], [700, 800], [700, -900])],
  [
    'twice round the block',
    drawn([0, 0], [400, 0], [400, 400], [0, 400], [0, 0], [400, 0], [400, 400], [0, 400], [0, 0]),
  ],
]

/** The worst that progress is off by, metres, over all points of the ride. */
function worstM(
  route: LatLng[],
  alongM: (seconds: number) => number,
  options: { seconds: number; everySeconds?: number; seed?: number },
) {
  const points = pointsOf(route, alongM, { noiseM: 3, ...options })
  const offsM = points.map((_point, index) => {
    const progress = progressOf(route, points.slice(0, index + 1))
    if (!progress) throw new Error('no progress')
    return Math.abs(
      progress.spot.alongM - alongM((progress.spot.atMs - (points[0]?.recordedAtMs ?? 0)) / 1_000),
    )
  })
  return Math.max(...offsM)
}

describe('progress with a memory', () => {
  it.each(ROUTES)(
    '[ROUTE5] R12: %s, with noise of 3 m, is never off by more than a few steps',
    (_, route) => {
      const seconds = routeLengthM(route) / 7
      for (const everySeconds of [1, 5]) {
        for (const seed of [1, 2, 3]) {
          expect(
            worstM(route, (at) => Math.min(at * 7, routeLengthM(route)), { seconds, everySeconds, seed }),
          ).toBeLessThan(80)
        }
      }
    },
  )

  it.each(ROUTES)('[ROUTE5] R12: %s, with a stop in it', (_, route) => {
    for (const stopsAtM of [300, 970, 1_400]) {
      const alongM = (at: number) => {
        const standsFrom = stopsAtM / 7
        return Math.min(7 * (at - Math.min(Math.max(at - standsFrom, 0), 90)), routeLengthM(route))
      }
      expect(worstM(route, alongM, { seconds: routeLengthM(route) / 7 + 90 })).toBeLessThan(120)
    }
  })

  it('[ROUTE5] a rider who really rides back is followed', () => {
    const route = drawn([0, 0], [2_500, 0])
    const alongM = (at: number) => (at < 150 ? at * 7 : 1_050 - (at - 150) * 7)
    expect(worstM(route, alongM, { seconds: 270 })).toBeLessThan(60)
  })

  it('[ROUTE5] finds a rider who was silent for a while, and one who starts along the way', () => {
    const route = drawn([0, 0], [2_500, 0])
    const points = pointsOf(route, (at) => at * 7, { seconds: 300 })
    const silent = points.filter((_, index) => index < 10 || index > 45)
    expect(progressOf(route, silent)?.spot.alongM).toBeCloseTo(2_100, -1)
    expect(progressOf(route, points.slice(40))?.spot.alongM).toBeCloseTo(2_100, -1)
  })
})

describe('a route over the 180th meridian', () => {
  const route: LatLng[] = [
    [51.8, 179.99],
    [51.8, -179.99],
  ]

  it('[ROUTE6] R15: has points and progress along it, the short way', () => {
    const totalM = routeLengthM(route)
    expect(totalM).toBeLessThan(1_500)
    for (const share of [0.2, 0.5, 0.8]) {
      const point = pointAlong(route, share * totalM)
      expect(Math.abs(point[1])).toBeGreaterThan(179.98)
      expect(Math.abs(point[1])).toBeLessThanOrEqual(180)
      const { alongM, offRouteM } = progressAlongRoute(route, point)
      expect(alongM).toBeCloseTo(share * totalM, 0)
      expect(offRouteM).toBeLessThan(1)
    }
    const points = pointsOf(route, (at) => at * 7, { seconds: 150 })
    expect(progressOf(route, points)?.spot.alongM).toBeCloseTo(1_050, -1)
  })
})
