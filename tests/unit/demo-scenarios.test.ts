import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { city } from '#demo-city/city.ts'
import { findRoute } from '#demo-city/find-route.ts'
import { distanceM, lerp, toXY, type XY } from '#demo-city/flat-ground.ts'
import { shareOfNearest } from '#demo-city/street-graph.ts'
import { SCENARIOS } from '#server/demo/scenarios.ts'

const legsOf = (line: readonly XY[]) => line.slice(1).map((to, i) => ({ from: line[i] ?? to, to }))
const lengthM = (line: readonly XY[]) =>
  legsOf(line).reduce((sum, { from, to }) => sum + distanceM(from, to), 0)

const STREETS = city()
  .roads.filter(({ kind }) => kind !== 'motorway')
  .flatMap(({ points }) => legsOf(points))

function metresFromAnyStreet(point: XY): number {
  return Math.min(
    ...STREETS.map((leg) => distanceM(point, lerp(leg.from, leg.to, shareOfNearest(point, leg)))),
  )
}

/** 0 is straight on, 180 back the way one came. */
function turnDeg(a: XY, b: XY, c: XY): number {
  const heading = (from: XY, to: XY) => Math.atan2(to[1] - from[1], to[0] - from[0])
  const turn = heading(b, c) - heading(a, b)
  return Math.abs((Math.atan2(Math.sin(turn), Math.cos(turn)) * 180) / Math.PI)
}

describe('demo scenarios', () => {
  it('[DEMO1] there are four to six, each with its own id, shop, people and door', () => {
    const all = SCENARIOS
    expect(all.length).toBeGreaterThanOrEqual(4)
    expect(all.length).toBeLessThanOrEqual(6)
    for (const pick of [
      (one: (typeof all)[number]) => one.id,
      (one: (typeof all)[number]) => one.store.name,
      (one: (typeof all)[number]) => one.destination.name,
      (one: (typeof all)[number]) => one.riderName,
      (one: (typeof all)[number]) => one.customerName,
    ]) {
      expect(new Set(all.map(pick)).size).toBe(all.length)
      for (const one of all) expect(pick(one).trim()).not.toBe('')
    }
  })

  it('[DEMO2] the routes are those that are found along the streets, the same every time', async () => {
    const kept = fileURLToPath(new URL('../../server/demo/scenario-routes.ts', import.meta.url))
    const lines = SCENARIOS.map(({ id, store, destination, via }) => {
      const route = findRoute([store.lat, store.lng], [destination.lat, destination.lng], via)
      return `  ${id}:\n    '${route.join(' ')}',\n`
    })
    const [before = ''] = readFileSync(kept, 'utf8').split(/(?<= = \{\n)/)
    await expect(`${before}${lines.join('')}}\n`).toMatchFileSnapshot(kept)
  })

  describe.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))('%s', (_, scenario) => {
    const { route, store, destination } = scenario
    const line = route.map(toXY)

    it('[DEMO3] starts at the shop’s door and ends at the customer’s', () => {
      expect(route[0]).toEqual([store.lat, store.lng])
      expect(route.at(-1)).toEqual([destination.lat, destination.lng])
    })

    it('[DEMO4] is 2–4 km long', () => {
      expect(lengthM(line)).toBeGreaterThan(2000)
      expect(lengthM(line)).toBeLessThan(4000)
    })

    it('[DEMO5] keeps to drawn streets, but for at most 60 m at either door', () => {
      const legs = legsOf(line)
      for (const door of [legs[0], legs.at(-1)]) {
        expect(door && distanceM(door.from, door.to)).toBeLessThanOrEqual(60)
      }
      for (const { from, to } of legs.slice(1, -1)) {
        for (const share of [0, 0.25, 0.5, 0.75, 1]) {
          expect(metresFromAnyStreet(lerp(from, to, share))).toBeLessThan(12)
        }
      }
    })

    it('[DEMO6] has no jumps: neighbours are at most 250 m apart', () => {
      for (const { from, to } of legsOf(line)) expect(distanceM(from, to)).toBeLessThanOrEqual(250)
    })

    it('[DEMO7] has real turns, none of them back, and no zigzag', () => {
      const onStreet = line.slice(1, -1)
      const corners = onStreet.slice(1, -1).flatMap((point, i) => {
        const degrees = turnDeg(onStreet[i] ?? point, point, onStreet[i + 2] ?? point)
        return degrees > 45 ? [{ point, degrees }] : []
      })
      expect(corners.length).toBeGreaterThanOrEqual(2)
      expect(corners.length).toBeLessThanOrEqual(7)
      for (const { degrees } of corners) expect(degrees).toBeLessThan(130)
      // A rider who turns every few metres is climbing stairs, not following streets.
      corners.slice(1).forEach(({ point }, i) => {
        expect(distanceM(point, corners[i]?.point ?? point)).toBeGreaterThan(80)
      })
    })

    it('[DEMO8] never comes twice to the same place', () => {
      const onStreet = line.slice(1, -1)
      onStreet.forEach((point, i) => {
        for (const later of onStreet.slice(i + 1)) expect(distanceM(point, later)).toBeGreaterThan(5)
      })
    })
  })
})
