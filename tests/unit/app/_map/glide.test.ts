import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  courseAt,
  glideAt,
  glideDurationMs,
  isDone,
  isJump,
  JUMP_M,
  startGlide,
  turnDeg,
  turnTowards,
} from '#app/_map/glide.ts'
import { onStreet, pathBetween } from '#app/_map/path-between.ts'
import type { LatLng } from '#contracts/place.ts'
import { distanceM } from '#domain/geometry.ts'
import { routeLengthM } from '#domain/route.ts'
import { ROUTE } from '../samples.ts'

const deg = fc.double({ min: 0, max: 360, noNaN: true, maxExcluded: true })
const EAST: LatLng = [37.5, 127.002]
const NORTH: LatLng = [37.502, 127.00567]

describe('glide', () => {
  const glide = startGlide([EAST, [37.5, 127.00567], NORTH], 1_000, 4_000)

  it('[GLIDE1] starts where the marker is and ends at the newest position, and stays there', () => {
    expect(glideAt(glide, 0)).toEqual(EAST)
    expect(glideAt(glide, 1_000)).toEqual(EAST)
    expect(glideAt(glide, 5_000)).toEqual(NORTH)
    expect(glideAt(glide, 3_600_000)).toEqual(NORTH)
    expect([isDone(glide, 4_999), isDone(glide, 5_000)]).toEqual([false, true])
  })

  it('[GLIDE1] goes at an even speed: half the time, half the way', () => {
    expect(distanceM(EAST, [37.5, 127.00567]) + distanceM([37.5, 127.00567], NORTH)).toBeCloseTo(
      glide.lengthM,
      3,
    )
    const half = glideAt(glide, 3_000)
    expect(Math.abs(routeLengthM([EAST, half]) - glide.lengthM / 2)).toBeLessThan(1)
  })

  it('[GLIDE1] never goes back on its path', () => {
    fc.assert(
      fc.property(fc.nat(6_000), fc.nat(6_000), (a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)]
        const goneM = (nowMs: number) => distanceM(EAST, glideAt(glide, nowMs))
        expect(goneM(late)).toBeGreaterThanOrEqual(goneM(early) - 1e-6)
      }),
    )
  })

  it('[GLIDE2] looks along the way it goes, and has no course when it stands', () => {
    expect(courseAt(glide, 1_100)).toBeCloseTo(90, 0)
    expect(courseAt(glide, 5_000)).toBeCloseTo(0, 0)
    expect(courseAt(startGlide([EAST], 0, 1_000), 500)).toBeNull()
  })

  it('[GLIDE3] takes about as long as the reports are apart, whatever one pause does', () => {
    expect(glideDurationMs([0, 5_000, 10_000, 90_000, 95_000])).toBeCloseTo(5_500)
    expect(glideDurationMs([0, 1_000, 2_000])).toBeCloseTo(1_100)
    expect(glideDurationMs([0, 10, 20])).toBe(300)
    expect(glideDurationMs([0, 60_000])).toBe(6_000)
    expect(glideDurationMs([7])).toBeGreaterThan(0)
  })

  it('[GLIDE4] what is far is jumped to', () => {
    const farLat = 37.5 + (JUMP_M + 50) / 111_195
    expect(isJump([37.5, 127], [farLat, 127])).toBe(true)
    expect(isJump([37.5, 127], EAST)).toBe(false)
  })
})

describe('heading', () => {
  it('[GLIDE2] turns the short way round', () => {
    expect(turnDeg(350, 10)).toBe(20)
    expect(turnDeg(10, 350)).toBe(-20)
    expect(turnDeg(0, 180)).toBe(180)
    expect(turnTowards(350, 10, 100_000)).toBeCloseTo(10)
  })

  it('[GLIDE2] never by more than half a turn, and always towards', () => {
    fc.assert(
      fc.property(deg, deg, fc.nat(2_000), (from, to, elapsedMs) => {
        expect(Math.abs(turnDeg(from, to))).toBeLessThanOrEqual(180)
        const next = turnTowards(from, to, elapsedMs)
        expect(next).toBeGreaterThanOrEqual(0)
        expect(next).toBeLessThan(360 + 1e-9)
        expect(Math.abs(turnDeg(next, to))).toBeLessThanOrEqual(Math.abs(turnDeg(from, to)) + 1e-6)
      }),
    )
  })
})

describe('path between two positions', () => {
  const nearEast: LatLng = [37.5001, 127.002]
  const nearNorth: LatLng = [37.502, 127.0058]

  it('[GLIDE5] follows the street around the corner when both are on the route', () => {
    const path = pathBetween(nearEast, nearNorth, ROUTE)
    expect(path[0]).toEqual(nearEast)
    expect(path[1]).toEqual(ROUTE[1])
    expect(path).toHaveLength(3)
  })

  it('[GLIDE5] is straight when one is off the route, when there is none, and when the route would be a detour', () => {
    const off: LatLng = [37.51, 127.002]
    expect(pathBetween(nearEast, off, ROUTE)).toEqual([nearEast, off])
    expect(pathBetween(nearEast, nearNorth, [])).toEqual([nearEast, nearNorth])
    const hairpin: LatLng[] = [
      [37.5, 127],
      [37.5, 127.01],
      [37.5002, 127.01],
      [37.5002, 127],
    ]
    const [here, there]: LatLng[] = [
      [37.5, 127.001],
      [37.5002, 127.001],
    ]
    if (here && there) expect(pathBetween(here, there, hairpin)).toEqual([here, there])
  })

  it('[GLIDE6] the noise of someone who stands does not move the marker back', () => {
    expect(pathBetween(EAST, [37.5, 127.00195], ROUTE)).toEqual([EAST])
  })

  it('[GLIDE6] really riding back does', () => {
    const back: LatLng = [37.5, 127.001]
    expect(pathBetween(EAST, back, ROUTE)).toEqual([EAST, back])
  })

  it('[GLIDE5] puts what is near a street on it, and nothing else', () => {
    expect(distanceM(onStreet(nearEast, ROUTE), EAST)).toBeLessThan(0.5)
    expect(onStreet([37.51, 127.002], ROUTE)).toEqual([37.51, 127.002])
  })

  it('[GLIDE5] always starts at the first and ends within the noise of the second', () => {
    const near = fc.tuple(
      fc.double({ min: 37.499, max: 37.506, noNaN: true }),
      fc.double({ min: 126.999, max: 127.007, noNaN: true }),
    )
    fc.assert(
      fc.property(near, near, (from, to) => {
        const path = pathBetween(from, to, ROUTE)
        expect(path[0]).toEqual(from)
        expect(distanceM(path.at(-1) ?? from, to)).toBeLessThan(80)
      }),
    )
  })
})
