import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createExtraWorkers } from '#server/inside/extra-workers.ts'
import type { RunningConsumer } from '#server/kafka/consume.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('[LANE3] each ends by itself after two minutes, and then another may start', async () => {
  let members = 0
  const joinHistory = async () => {
    members++
    return { stop: async () => void members-- } as RunningConsumer
  }
  const workers = createExtraWorkers({ joinHistory, now: Date.now, logger: pino({ level: 'silent' }) })
  await workers.start()
  await vi.advanceTimersByTimeAsync(60_000)
  await workers.start()
  await expect(workers.start()).rejects.toMatchObject({ code: 'rate_limited' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect([members, workers.running().length]).toEqual([1, 1])
  await workers.start()
  await workers.close()
  expect([members, workers.running().length]).toEqual([0, 0])
})
