import { expect, it } from 'vitest'
import { judgeWebhookAnswer, waitAfterTryMs } from '#domain/webhooks.ts'

const HOUR_MS = 3_600_000

it('[HOOK4] the waits grow from seconds to a day; after three days it is given up', () => {
  const waits: number[] = []
  for (let tries = 1; ; tries += 1) {
    const ms = waitAfterTryMs(tries, () => 0, 0)
    if (ms === null) break
    waits.push(ms)
  }
  expect(waits[0]).toBe(5_000)
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
  expect(waits.at(-1)).toBe(24 * HOUR_MS)
  const sum = waits.reduce((all, ms) => all + ms, 0)
  expect(sum).toBeGreaterThan(72 * HOUR_MS)
  expect(sum * 1.2).toBeLessThan(96 * HOUR_MS)
})

it('[HOOK4] what the receiver asks for counts, up to a day', () => {
  expect(waitAfterTryMs(1, () => 0, 60_000)).toBe(60_000)
  expect(waitAfterTryMs(4, () => 0, 1_000)).toBe(300_000)
  expect(waitAfterTryMs(1, () => 0, 1e12)).toBe(24 * HOUR_MS)
  expect(waitAfterTryMs(1, () => 1, 0)).toBe(6_000)
})

it.each([
  [200, 'sent'],
  [204, 'sent'],
  [301, 'failed'],
  [307, 'failed'],
  [404, 'failed'],
  [410, 'gone'],
  [500, 'failed'],
])('[HOOK4] [HOOK6] %i means %s', (status, meaning) => {
  expect(judgeWebhookAnswer(status)).toBe(meaning)
})
