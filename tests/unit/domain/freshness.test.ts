import { expect, it } from 'vitest'
import { DELAYED_UNDER_MS, freshness, LIVE_UNDER_MS } from '#domain/freshness.ts'

it.each([
  [-5_000, 'live'],
  [0, 'live'],
  [LIVE_UNDER_MS - 1, 'live'],
  [LIVE_UNDER_MS, 'delayed'],
  [DELAYED_UNDER_MS - 1, 'delayed'],
  [DELAYED_UNDER_MS, 'lost'],
  [Number.MAX_SAFE_INTEGER, 'lost'],
])('[FRESH1] a location %d ms old is %s', (ageMs, expected) => {
  expect(freshness(ageMs)).toBe(expected)
})

it('[FRESH1] live ends at 15 s, delayed at 60 s', () => {
  expect([LIVE_UNDER_MS, DELAYED_UNDER_MS]).toEqual([15_000, 60_000])
})
