import { describe, expect, it } from 'vitest'
import { CROSSINGS } from '../src/crossings.ts'
import { findRoute } from '../src/find-route.ts'
import { distanceM, toXY, type XY } from '../src/flat-ground.ts'

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
