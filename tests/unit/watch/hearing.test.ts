import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createHearing } from '#server/watch/hearing.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

/** A log of two partitions, and what a member has read of each. */
function openLog() {
  const log = { assigned: [0, 1] as number[], ends: [10, 10], read: [10, 10], isAway: false }
  const consumer = {
    assigned: () => log.assigned,
    async lag() {
      if (log.isAway) throw new Error('away')
      return log.ends.map((end, partition) => ({
        ...{ topic: 't', partition, end, records: end - (log.read[partition] ?? 0) },
      }))
    },
  }
  const hear = createHearing(consumer, 't')
  return {
    log,
    async look(nowMs: number, afterMs = 2_000) {
      vi.advanceTimersByTime(afterMs)
      const { sinceMs, isNew } = await hear(nowMs)
      return { ...Object.fromEntries(sinceMs), isNew }
    },
  }
}

it('[HOOK15] a partition is heard once all was read that was in it at the look before', async () => {
  const { log, look } = openLog()
  expect(await look(1)).toEqual({ 0: null, 1: null, isNew: true })
  expect(await look(2)).toEqual({ 0: 1, 1: 1, isNew: false })
  log.ends = [90, 10]
  expect(await look(3)).toEqual({ 0: 1, 1: 1, isNew: false })
  expect(await look(4)).toEqual({ 0: null, 1: 1, isNew: false })
  // There is always something new on a busy log: what came since the last look need not be read yet.
  log.read = [90, 10]
  log.ends = [95, 10]
  expect(await look(5)).toEqual({ 0: 1, 1: 1, isNew: false })
})

it('[HOOK16] what another member had meanwhile is heard anew', async () => {
  const { log, look } = openLog()
  await look(1)
  log.assigned = [1]
  expect(await look(2)).toEqual({ 1: 1, isNew: true })
  log.assigned = [0, 1]
  expect(await look(3)).toEqual({ 0: 3, 1: 1, isNew: true })
})

it('[HOOK15] after a log that was away, or a process that was suspended, hearing begins anew', async () => {
  const { log, look } = openLog()
  await look(1)
  log.isAway = true
  await expect(look(2, 16_000)).rejects.toThrow('away')
  log.isAway = false
  expect(await look(3)).toEqual({ 0: 3, 1: 3, isNew: false })
  expect(await look(4, 16_000)).toEqual({ 0: 4, 1: 4, isNew: false })
})
