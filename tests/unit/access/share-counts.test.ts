import { expect, it } from 'vitest'
import { createRateLimiter, type RateLimiter } from '#server/access/rate-limit.ts'
import type { ShareCounts } from '#server/access/share-counts.ts'
import { ProblemError } from '#server/ground/problem-error.ts'

const LIMIT = { perSecond: 8, burst: 80 }
const STEP = 10
const quiet = { warn: () => {} }

/** The common count, as the database keeps it, answered when the test says so. */
function commonCount() {
  const sums = new Map<string, number>()
  const statements: number[][] = []
  let answer: (() => void) | undefined
  const addCounts: ShareCounts['addCounts'] = async (counts, windowMs) => {
    statements.push(counts.map(({ points }) => points))
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    return counts.map(({ key, points }) => {
      sums.set(key, (sums.get(key) ?? 0) + points)
      return { key, points: sums.get(key) ?? 0, msLeft: windowMs }
    })
  }
  return {
    statements,
    share: { addCounts, logger: quiet, now: Date.now },
    /** What other instances have counted. */
    add: (points: number) => {
      for (const key of sums.keys()) sums.set(key, (sums.get(key) ?? 0) + points)
    },
    async answer() {
      answer?.()
      // Some promises further the sum is the count here.
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

function accepted(limiter: RateLimiter, requests: number): number {
  let taken = 0
  for (let request = 0; request < requests; request++) {
    try {
      limiter.consume('somebody')
      taken++
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
    }
  }
  return taken
}

it('[GW24] who stays below an eighth of the burst never causes a statement', async () => {
  const common = commonCount()
  const limiter = createRateLimiter(LIMIT, 'token', common.share)
  expect(accepted(limiter, STEP - 1)).toBe(STEP - 1)
  expect(common.statements).toEqual([])
})

it('[GW24] a statement that takes its time keeps nobody waiting; the growth meanwhile goes with the next one', async () => {
  const common = commonCount()
  const limiter = createRateLimiter(LIMIT, 'token', common.share)
  expect(accepted(limiter, 45)).toBe(45)
  expect(common.statements).toEqual([[STEP]])
  await common.answer()
  expect(common.statements).toEqual([[STEP], [35]])
  await common.answer()
  expect(accepted(limiter, 100)).toBe(35)
})

it('[GW25] what others have counted is counted here', async () => {
  const common = commonCount()
  const limiter = createRateLimiter(LIMIT, 'token', common.share)
  accepted(limiter, STEP)
  await common.answer()
  common.add(50)
  accepted(limiter, STEP)
  await common.answer()
  // 20 here and 50 there are gone.
  expect(accepted(limiter, 100)).toBe(10)
})

it('[GW26] while the common count is away, the own count holds', async () => {
  let asked = 0
  const addCounts = async () => {
    asked++
    throw new Error('no database')
  }
  const limiter = createRateLimiter(LIMIT, 'token', { addCounts, logger: quiet, now: Date.now })
  expect(accepted(limiter, 200)).toBe(80)
  expect(asked).toBe(1)
})
