import { describe, expect, it } from 'vitest'
import { city } from '../src/city.ts'
import { CROSSINGS } from '../src/crossings.ts'
import { findRoute, isInCity } from '../src/find-route.ts'
import { distanceM, lerp, toXY, type XY } from '../src/flat-ground.ts'
import { seededRandom } from '../src/random.ts'
import { shareOfNearest } from '../src/street-graph.ts'

const lengthM = (line: readonly XY[]) =>
  line.slice(1).reduce((sum, point, i) => sum + distanceM(line[i] ?? point, point), 0)

describe('finding a way', () => {
  const gangnam = CROSSINGS['teheran/gangnam'] ?? [0, 0]
  const samseong = CROSSINGS['teheran/yeongdong'] ?? [0, 0]

  it('[DEMO9] passes through the crossings asked for, in order', () => {
    const via = ['teheran/nonhyeon', 'bongeunsa/nonhyeon', 'bongeunsa/eonju']
    const line = findRoute(gangnam, samseong, via).map(toXY)
    const seenAt = via.map((key) =>
      line.findIndex((point) => distanceM(point, toXY(CROSSINGS[key] ?? [0, 0])) < 3),
    )
    expect(seenAt).not.toContain(-1)
    expect(seenAt).toEqual([...seenAt].sort((a, b) => a - b))
  })

  it('[DEMO9] goes straight along one street when nothing else is asked', () => {
    const line = findRoute(gangnam, samseong, []).map(toXY)
    expect(lengthM(line)).toBeLessThan(distanceM(toXY(gangnam), toXY(samseong)) * 1.05)
  })

  it('[DEMO9] says which crossing it does not know', () => {
    expect(() => findRoute(gangnam, samseong, ['teheran/nowhere'])).toThrow('teheran/nowhere')
  })
})

describe('a way between any two places of the city', () => {
  const streets = city().roads.filter(({ kind }) => kind !== 'motorway')
  const offStreetM = (point: XY) =>
    Math.min(
      ...streets.flatMap(({ points }) =>
        points.slice(1).map((to, i) => {
          const from = points[i] ?? to
          return distanceM(point, lerp(from, to, shareOfNearest(point, { from, to })))
        }),
      ),
    )

  it('[WAY4] is always found, leads from door to door, and keeps to the streets in between', () => {
    const random = seededRandom('any two')
    for (let i = 0; i < 60; i++) {
      const [from, to] = [0, 1].map((): [number, number] => [
        37.485 + random() * 0.046,
        127.015 + random() * 0.058,
      ]) as [[number, number], [number, number]]
      expect(isInCity(from)).toBe(true)
      const line = findRoute(from, to, []).map(toXY)
      expect(distanceM(line[0] ?? [0, 0], toXY(from))).toBeLessThan(2)
      expect(distanceM(line.at(-1) ?? [0, 0], toXY(to))).toBeLessThan(2)
      // To look at every street takes a while.
      const middle = line[Math.floor(line.length / 2)]
      if (i < 20 && line.length > 2 && middle) expect(offStreetM(middle)).toBeLessThan(2)
    }
  })

  it('[WAY4] between two doors of one street goes along it, and round no block', () => {
    const from: [number, number] = [37.49825, 127.0285]
    const to: [number, number] = [37.4984, 127.029]
    const line = findRoute(from, to, []).map(toXY)
    expect(lengthM(line)).toBeLessThan(distanceM(toXY(from), toXY(to)) + 60)
  })

  it('[WAY4] places outside of it are told apart', () => {
    expect(isInCity([52.49, 13.39])).toBe(false)
    expect(isInCity([37.56, 127.0])).toBe(false)
  })
})
