import { expect, test } from 'vitest'
import { MessageBudget } from '#server/ground/message-rate-limit.ts'

test('[GW13] a burst may come at once, and after it so many a second', () => {
  const budget = new MessageBudget({ perSecond: 2, burst: 3 }, 0)
  expect([1, 2, 3, 4].map(() => budget.spend(0))).toEqual([true, true, true, false])
  const later = new MessageBudget({ perSecond: 2, burst: 3 }, 0)
  for (let nowMs = 0; nowMs <= 60_000; nowMs += 500) expect(later.spend(nowMs)).toBe(true)
})
