import { describe, expect, it } from 'vitest'
import { createCaptureTimes } from '#app/_rider/gps/capture-times.ts'

const HOUR_MS = 3_600_000
const WEEKS_MS = 1_024 * 7 * 24 * HOUR_MS
const NOW_MS = 1_800_000_000_000
const CREATED_MS = NOW_MS - HOUR_MS
const judge = (newestAtMs: number | null, capturedAtMs: number) =>
  createCaptureTimes(CREATED_MS, newestAtMs).judge(capturedAtMs, NOW_MS)

describe('when a reading was captured', () => {
  it.each([
    ['a moment ago', NOW_MS - 900, NOW_MS - 900],
    ['an older one of this delivery than the newest', NOW_MS - 60_000, null],
    ['hours ago, out of the device’s memory', NOW_MS - 3 * HOUR_MS, null],
    ['in the future', NOW_MS + HOUR_MS, NOW_MS],
    ['1024 weeks ago: the receiver has lost count', NOW_MS - WEEKS_MS - 700, NOW_MS],
    ['twice 1024 weeks ago', NOW_MS - 2 * WEEKS_MS, NOW_MS],
  ])('[RIDE8] R4: %s, when newer ones are held', (_, capturedAtMs, recordedAtMs) => {
    expect(judge(NOW_MS - 10_000, capturedAtMs)).toBe(recordedAtMs)
  })

  it('[RIDE8] R4: the first of a ride counts as it comes, with the present time if its own cannot be', () => {
    expect(judge(null, NOW_MS - 60_000)).toBe(NOW_MS - 60_000)
    expect(judge(null, CREATED_MS - 1)).toBe(NOW_MS)
    expect(judge(null, 0)).toBe(NOW_MS)
  })

  it('[RIDE8] R4: each must be newer than the one before, and not than the clock of the one before', () => {
    const times = createCaptureTimes(CREATED_MS, null)
    expect(times.judge(NOW_MS + HOUR_MS, NOW_MS)).toBe(NOW_MS)
    expect(times.judge(NOW_MS + 900, NOW_MS + 1_000)).toBe(NOW_MS + 900)
    expect(times.judge(NOW_MS + 500, NOW_MS + 1_100)).toBeNull()
  })

  it('[RIDE8] R4: a device whose clock was set back is believed again after 15 s, one old reading never', () => {
    const times = createCaptureTimes(CREATED_MS, NOW_MS)
    const told = Array.from({ length: 20 }, (_, second) =>
      times.judge(NOW_MS - HOUR_MS / 2 + second * 1_000, NOW_MS + second * 1_000),
    )
    expect(told.slice(0, 15).every((atMs) => atMs === null)).toBe(true)
    expect(told[15]).toBe(NOW_MS + 15_000)
    const cached = createCaptureTimes(CREATED_MS, NOW_MS)
    for (let second = 0; second < 60; second++)
      expect(cached.judge(NOW_MS - HOUR_MS / 2, NOW_MS + second * 1_000)).toBeNull()
  })
})
