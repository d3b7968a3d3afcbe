import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { etaSchema } from '#contracts/snapshot.ts'
import { estimateArrival } from '#domain/eta.ts'
import { routeLengthM } from '#domain/route.ts'
import { anyFix, inSeoul, seoulRoute } from './arbitraries.ts'
import { etaAfter, middleMs, pointsOf, progressOf, START_MS, wayOf, widthMs } from './ride.ts'

const route: LatLng[] = [
  [37.5, 127],
  [37.51, 127.001],
  [37.525, 127],
]
const totalM = routeLengthM(route)
const steady = (mps: number) => (seconds: number) => seconds * mps
/** Rides at 7 m/s, stands from `fromSeconds` for `forSeconds`, and rides on. */
const standing = (fromSeconds: number, forSeconds: number) => (seconds: number) =>
  7 * (seconds - Math.min(Math.max(seconds - fromSeconds, 0), forSeconds))

describe('the estimated arrival', () => {
  it('[ETA3] comes from distance over time: who rides faster is there sooner, whatever speeds are told', () => {
    const [slow, fast] = [4, 10].map((mps) => pointsOf(route, steady(mps), { seconds: 100 })) as [
      Location[],
      Location[],
    ]
    const leftSeconds = (mps: number) => (totalM - 100 * mps) / mps
    const toGo = (points: Location[]) =>
      (middleMs(etaAfter(route, points)) - (points.at(-1)?.recordedAtMs ?? 0)) / 1_000
    expect(toGo(slow) / leftSeconds(4)).toBeGreaterThan(0.85)
    expect(toGo(slow) / leftSeconds(4)).toBeLessThan(1.25)
    expect(toGo(fast) / leftSeconds(10)).toBeGreaterThan(0.85)
    expect(toGo(fast) / leftSeconds(10)).toBeLessThan(1.35)
    const told = (points: Location[], speedMps: number) => points.map((point) => ({ ...point, speedMps }))
    expect(etaAfter(route, told(slow, 9))).toEqual(etaAfter(route, slow))
    expect(etaAfter(route, told(fast, 0))).toEqual(etaAfter(route, fast))
  })

  it('[ETA3] R11: 100 points in ten minutes at one spot, without speeds, are no moving rider', () => {
    const rode = pointsOf(route, steady(7), { seconds: 100 })
    const stood = pointsOf(route, standing(100, 600), { seconds: 700, everySeconds: 6, noiseM: 3 })
    const [moving, waiting] = [etaAfter(route, rode), etaAfter(route, stood)]
    const nowMs = stood.at(-1)?.receivedAtMs ?? 0
    const movingToGo = middleMs(moving) - (rode.at(-1)?.receivedAtMs ?? 0)
    expect(middleMs(waiting) - nowMs).toBeGreaterThan(movingToGo + 30_000)
    expect(widthMs(waiting)).toBeGreaterThan(1.5 * widthMs(moving))
    // Without a single moment of riding, either.
    const never = pointsOf(route, () => 0, { seconds: 594, everySeconds: 6 })
    expect(never).toHaveLength(100)
    expect(widthMs(etaAfter(route, never))).toBeGreaterThan(1.5 * widthMs(etaAfter(route, never.slice(0, 1))))
  })

  it('[ETA3] 30 s of standing move the middle by 60 s at most', () => {
    for (const rodeSeconds of [0, 40, 150, 250, 330])
      for (const stoodSeconds of [30, 60, 90, 120, 240, 300]) {
        const points = pointsOf(route, standing(rodeSeconds, 400), { seconds: rodeSeconds + stoodSeconds })
        const before = points.filter(
          ({ recordedAtMs }) => recordedAtMs <= (points.at(-1)?.recordedAtMs ?? 0) - 30_000,
        )
        const movedMs = middleMs(etaAfter(route, points)) - middleMs(etaAfter(route, before))
        expect(movedMs, `${rodeSeconds} s, then standing for ${stoodSeconds} s`).toBeLessThanOrEqual(60_000)
        expect(movedMs).toBeGreaterThanOrEqual(-1_000)
      }
  })

  it('[ETA3] 30 s of a second stop move the middle by 60 s at most, too', () => {
    const alongM = (seconds: number) => standing(60, 240)(seconds - Math.max(0, seconds - 340))
    for (const stoodSeconds of [15, 30, 45, 60, 120]) {
      const points = pointsOf(route, alongM, { seconds: 340 + stoodSeconds })
      const before = points.filter(
        ({ recordedAtMs }) => recordedAtMs <= (points.at(-1)?.recordedAtMs ?? 0) - 30_000,
      )
      const movedMs = middleMs(etaAfter(route, points)) - middleMs(etaAfter(route, before))
      expect(movedMs, `after ${stoodSeconds} s`).toBeLessThanOrEqual(60_000)
    }
  })

  it('[ETA3] a stop is neither taken for the pace nor forgotten: the ride goes on as it was', () => {
    const without = etaAfter(route, pointsOf(route, steady(7), { seconds: 200 }))
    const after = etaAfter(route, pointsOf(route, standing(100, 60), { seconds: 260 }))
    expect(Math.abs(middleMs(after) - 60_000 - middleMs(without))).toBeLessThan(15_000)
  })

  it('[ETA3] six standing points at the pick-up leave the arrival of a rider who sets off', () => {
    const eta = etaAfter(
      route,
      pointsOf(route, () => 0, { seconds: 25, noiseM: 2 }),
    )
    const rideMs = (totalM / 7) * 1_000
    expect(middleMs(eta) - (START_MS + 25_000)).toBeGreaterThan(0.7 * rideMs)
    expect(middleMs(eta) - (START_MS + 25_000)).toBeLessThan(1.3 * rideMs)
  })

  it.each([7, 4, 11])(
    '[ETA4] the same ride of %s m/s reported every 1, 2 and 5 s is told within 10 %%',
    (mps) => {
      const alongM = (seconds: number) => mps * (seconds - Math.min(Math.max(seconds - 100, 0), 45))
      for (const seconds of [20, 60, 90, 120, 140, 170, 200]) {
        const toGo = [1, 2, 5].map((everySeconds) => {
          const points = pointsOf(route, alongM, { seconds, everySeconds })
          return middleMs(etaAfter(route, points)) - (points.at(-1)?.recordedAtMs ?? 0)
        })
        expect(Math.max(...toGo) / Math.min(...toGo), `after ${seconds} s`).toBeLessThan(1.1)
      }
    },
  )

  it('[ETA5] gets wider with the age of the reading: the rider may have gone on, or stand there still', () => {
    const points = pointsOf(route, steady(7), { seconds: 100 })
    const readAtMs = points.at(-1)?.recordedAtMs ?? 0
    const [fresh, old] = [etaAfter(route, points), etaAfter(route, points, readAtMs + 30_000)]
    expect(old).toEqual({ fromMs: fresh?.fromMs, toMs: (fresh?.toMs ?? 0) + 30_000 })
    const ancient = etaAfter(route, points, readAtMs + 86_400_000)
    expect(ancient?.fromMs).toBe(readAtMs + 86_400_000)
  })

  it("[ETA5] is not postponed by a device's clock that runs ahead", () => {
    const points = pointsOf(route, steady(7), { seconds: 100 })
    const last = points.at(-1)
    if (!last) throw new Error('no points')
    const progress = progressOf(route, points)
    const ahead = { ...last, recordedAtMs: last.recordedAtMs + 3_600_000 }
    const nowMs = last.receivedAtMs
    const eta = estimateArrival({ way: wayOf(route), progress, location: ahead, nowMs })
    const asItIs = etaAfter(route, points)
    expect(Math.abs(middleMs(eta) - middleMs(asItIs))).toBeLessThan(5_000)
  })

  it('[ETA6] R16: is null far from every part of the route, and of a delivery without a route', () => {
    const there: LatLng = [37.51, 127.001]
    const at = ([lat, lng]: LatLng): Location[] => [
      { deliveryId: 'd', seq: 1, lat, lng, recordedAtMs: START_MS, receivedAtMs: START_MS },
    ]
    expect(etaAfter(route, at([-33.9, 18.4]))).toBeNull()
    expect(etaAfter(route, at([37.6, 127.2]))).toBeNull()
    expect(etaAfter([], at(there))).toBeNull()
    expect(etaAfter(route, at(there))).not.toBeNull()
    // A ride that was on its way, and is reported from elsewhere.
    const rode = pointsOf(route, steady(7), { seconds: 100 })
    const [far] = at([-33.9, 18.4]) as [Location]
    expect(etaAfter(route, [...rode, { ...far, seq: 99, recordedAtMs: START_MS + 105_000 }])).toBeNull()
  })

  it('[ETA6] counts the way back to the route', () => {
    const points = pointsOf(route, steady(7), { seconds: 100 })
    const aside = points.map((point) => ({ ...point, lng: point.lng + 0.005 }))
    expect(middleMs(etaAfter(route, aside))).toBeGreaterThan(middleMs(etaAfter(route, points)) + 40_000)
  })

  it('[ETA7] fits the wire and is never in the past, whatever comes in', () => {
    const routes = fc.oneof(
      seoulRoute,
      fc.constant<LatLng[]>([]),
      inSeoul.map((point) => [point]),
    )
    fc.assert(
      fc.property(
        routes,
        fc.array(anyFix, { minLength: 1, maxLength: 12 }),
        fc.nat(),
        (any, fixes, nowMs) => {
          const eta = etaAfter(
            any,
            fixes.map((fix) => ({ ...fix, deliveryId: 'd', receivedAtMs: nowMs })),
            nowMs,
          )
          if (eta === null) return
          const { fromMs, toMs } = etaSchema.parse(eta)
          expect(fromMs).toBeGreaterThanOrEqual(nowMs)
          expect(toMs).toBeGreaterThan(fromMs)
        },
      ),
    )
  })

  it('[ETA7] at the door is now', () => {
    const points = pointsOf(route, steady(7), { seconds: totalM / 7 + 60 })
    const eta = etaAfter(route, points)
    expect(eta?.fromMs).toBe(points.at(-1)?.receivedAtMs)
    expect(widthMs(eta)).toBeLessThan(60_000)
  })
})
