import { beforeAll, describe, expect, it } from 'vitest'
import { estimator } from '../../../bench/eta/estimator.ts'
import { judge, type Shown } from '../../../bench/eta/judge.ts'
import { KINDS } from '../../../bench/eta/kinds.ts'
import { heldOut, tuned } from '../../../bench/eta/ride-sets.ts'
import { type Simulated, simulate } from '../../../bench/eta/simulate.ts'

const SEEDS = 8

describe.each(KINDS)('the arrival shown on held-out rides of the kind "$name"', (kind) => {
  let rides: Simulated
  beforeAll(() => {
    rides = simulate(kind, { ...heldOut(), seeds: SEEDS, estimator })
  })

  it('[ETA1] is accurate by the ETA Accuracy Benchmark at least 85 times in 100', () => {
    expect(judge(rides.shown).score).toBeGreaterThan(0.85)
  })

  it('[ETA2] is a range that holds the true arrival at least 9 times in 10, and is under ten minutes wide on average, under three and a half near the door', () => {
    const { coverage, meanWidthMin, widthsMin } = judge(rides.shown)
    expect(coverage).toBeGreaterThan(0.9)
    expect(meanWidthMin).toBeLessThan(10)
    expect(widthsMin[0]).toBeLessThan(3.5)
  })
})

it('[ETA1] is judged on routes and riders that it was not tuned on', () => {
  const [known, other] = [tuned(), heldOut()]
  const drawn = new Set(known.routes.map(({ route }) => JSON.stringify(route)))
  expect(other.routes.filter(({ route }) => drawn.has(JSON.stringify(route)))).toEqual([])
  expect(other.firstSeed).toBeGreaterThan(known.firstSeed + 1_000)
})

describe('the judge', () => {
  const shown = (toGoSeconds: number, lateBySeconds: number): Shown => {
    const middleMs = 1_000_000_000 + (toGoSeconds - lateBySeconds) * 1_000
    return {
      atMs: 1_000_000_000,
      arrivedMs: 1_000_000_000 + toGoSeconds * 1_000,
      eta: { fromMs: middleMs, toMs: middleMs },
    }
  }

  it('[ETA1] takes an arrival before the prediction for early, one after it for late, limits included', () => {
    for (const [toGoSeconds, early, late] of [
      [60, 30, 90],
      [180, 60, 150],
      [360, 60, 210],
      [600, 90, 270],
    ] as const) {
      expect(judge([shown(toGoSeconds, -early), shown(toGoSeconds, late)]).score).toBe(1)
      expect(judge([shown(toGoSeconds, -early - 1), shown(toGoSeconds, late + 1)]).score).toBe(0)
    }
  })

  it('[ETA1] averages the buckets that have data, each as much as another; an arrival withheld is wrong', () => {
    const verdict = judge([
      shown(60, 0),
      shown(60, 0),
      shown(60, 0),
      shown(400, 0),
      { ...shown(400, 0), eta: null },
    ])
    expect(verdict.buckets).toEqual([1, null, 0.5, null])
    expect(verdict.score).toBe(0.75)
    expect(verdict.coverage).toBe(0.8)
  })
})
