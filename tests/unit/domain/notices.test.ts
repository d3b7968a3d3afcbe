import { expect, it } from 'vitest'
import { isTold, newsForMs, waitBeforeTryMs } from '#domain/notices.ts'

const middle = () => 0.5

it('[NOTE5] waits grow up to five minutes, are spread, and obey Retry-After', () => {
  expect([1, 2, 3, 4].map((tries) => waitBeforeTryMs(tries, middle))).toEqual([2_000, 4_000, 8_000, 16_000])
  expect(waitBeforeTryMs(60, middle)).toBe(300_000)
  expect([waitBeforeTryMs(1, () => 0), waitBeforeTryMs(1, () => 0.999)]).toEqual([1_000, 2_998])
  expect(waitBeforeTryMs(1, middle, 90_000)).toBe(90_000)
})

it('[NOTE4] “arriving” is news for ten minutes, an end for hours', () => {
  expect(newsForMs('arriving', 1_000, 1_000)).toBe(600_000)
  expect(newsForMs('arriving', 1_000, 601_000)).toBe(0)
  expect(newsForMs('delivered', 0, 3_600_000)).toBeGreaterThan(0)
})

it('[NOTE1] the others are not told', () => {
  expect(
    (['accepted', 'picked_up', 'arriving', 'delivered', 'cancelled', 'failed'] as const).filter(isTold),
  ).toEqual(['picked_up', 'arriving', 'delivered', 'failed'])
})
