import { describe, expect, it } from 'vitest'
import { createUnseenGaps } from '#app/_rider/ride/unseen-gap.ts'

const AT_MS = 1_800_000_000_000
const EVERY_MS = 5_000

describe('what a hidden page could not record', () => {
  it('[RIDE15] is told with the first position after it, once', () => {
    const gaps = createUnseenGaps(false)
    expect(gaps.recorded(AT_MS, EVERY_MS)).toBeNull()
    gaps.visibility(true)
    gaps.visibility(false)
    expect(gaps.recorded(AT_MS + 180_000, EVERY_MS)).toEqual({ fromMs: AT_MS, toMs: AT_MS + 180_000 })
    expect(gaps.recorded(AT_MS + 360_000, EVERY_MS)).toBeNull()
  })

  it('[RIDE15] is nothing while the hidden page goes on recording, and then what it missed', () => {
    const gaps = createUnseenGaps(true)
    for (let report = 0; report < 20; report++)
      expect(gaps.recorded(AT_MS + report * EVERY_MS, EVERY_MS)).toBeNull()
    expect(gaps.recorded(AT_MS + 200_000, EVERY_MS)).toEqual({
      fromMs: AT_MS + 95_000,
      toMs: AT_MS + 200_000,
    })
  })

  it('[RIDE15] is not the time in which the rider shared nothing, or the page was seen', () => {
    const gaps = createUnseenGaps(false)
    gaps.recorded(AT_MS, EVERY_MS)
    expect(gaps.recorded(AT_MS + 60_000, EVERY_MS)).toBeNull()
    gaps.visibility(true)
    gaps.rest()
    gaps.visibility(false)
    expect(gaps.recorded(AT_MS + 600_000, EVERY_MS)).toBeNull()
  })
})
