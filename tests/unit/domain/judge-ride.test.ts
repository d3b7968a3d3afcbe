import { describe, expect, it } from 'vitest'
import type { LatLng } from '#contracts/place.ts'
import { judgeRide } from '#domain/judge-ride.ts'
import { routeLengthM } from '#domain/route.ts'
import { FIRST_RIDES } from '#domain/usual-rides.ts'
import { pointsOf, START_MS, wayOf } from './ride.ts'

const route: LatLng[] = [
  [37.5, 127],
  [37.51, 127.001],
  [37.525, 127],
]
const totalM = routeLengthM(route)
const judged = (mps: number, { stays = 60, haste = 1 } = {}) => {
  const seconds = totalM / mps / haste + stays
  const points = pointsOf(route, (at) => Math.min(at * mps * haste, totalM), { seconds, noiseM: 3 })
  return judgeRide({
    way: wayOf(route),
    points,
    deliveredAtMs: START_MS + seconds * 1_000,
    usual: FIRST_RIDES,
  })
}

describe('a ride that was delivered', () => {
  it('[ETA10] tells its pace, and how far off its arrival was, from the points alone; the wait at the door does not count', () => {
    const ride = judged(7, { stays: 400 })
    expect(ride?.paceMps).toBeGreaterThan(6.6)
    expect(ride?.paceMps).toBeLessThan(7.4)
    expect((ride?.tookMs ?? 0) / 1_000).toBeGreaterThan(totalM / 7 - 15)
    expect((ride?.tookMs ?? 0) / 1_000).toBeLessThan(totalM / 7 + 5)
    expect(ride?.heldShare).toBe(1)
    expect(ride?.rangeNeed).toBeLessThan(1)
    expect(ride?.errors.map(({ minutesToGo }) => minutesToGo)).toEqual(['0-3', '3-6', '6-10'])
    for (const { lateBySeconds } of ride?.errors ?? []) expect(Math.abs(lateBySeconds)).toBeLessThan(70)
  })

  it('[ETA10] of a slow one tells that the rider came later than said', () => {
    const ride = judged(3)
    expect(ride?.paceMps).toBeLessThan(3.5)
    expect(ride?.errors.find(({ minutesToGo }) => minutesToGo === '10-15')?.lateBySeconds).toBeGreaterThan(0)
  })

  it('[ETA10] is not learned from when it is none: too fast, never near the door, without points', () => {
    expect(judged(7, { haste: 10 })).toBeNull()
    const points = pointsOf(route, (at) => at * 7, { seconds: 100 })
    expect(
      judgeRide({ way: wayOf(route), points, deliveredAtMs: START_MS + 100_000, usual: FIRST_RIDES }),
    ).toBeNull()
    expect(
      judgeRide({ way: wayOf(route), points: [], deliveredAtMs: START_MS, usual: FIRST_RIDES }),
    ).toBeNull()
    expect(judgeRide({ way: wayOf([]), points, deliveredAtMs: START_MS, usual: FIRST_RIDES })).toBeNull()
  })
})
