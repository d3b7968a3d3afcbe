import { describe, expect, it } from 'vitest'
import { createAgeMeter, sawTeeth } from '#app/_inside/polling/ages.ts'

describe('how old what is shown is', () => {
  it('[POLL5] mean and worst are exact, however seldom one looks', () => {
    const meter = createAgeMeter()
    expect(meter.read(1_000)).toBeNull()
    // Shown at the age of 100 ms for 900 ms, then at the age of 500 ms for 2 s.
    meter.show({ fromMs: 1_000, recordedAtMs: 900 })
    meter.show({ fromMs: 1_900, recordedAtMs: 1_400 })
    const ages = meter.read(3_900)
    expect(ages?.nowMs).toBe(2_500)
    expect(ages?.worstMs).toBe(2_500)
    expect(ages?.meanMs).toBeCloseTo((550 * 900 + 1_500 * 2_000) / 2_900, 6)
  })

  it('[POLL5] the worst one may have been long ago', () => {
    const meter = createAgeMeter()
    meter.show({ fromMs: 0, recordedAtMs: -1_000 })
    meter.show({ fromMs: 9_000, recordedAtMs: 8_999 })
    for (let atMs = 10_000; atMs <= 400_000; atMs += 1_000) meter.show({ fromMs: atMs, recordedAtMs: atMs })
    expect(meter.read(400_500)).toMatchObject({ nowMs: 500, worstMs: 10_000 })
    expect(meter.since(340_000).length).toBe(61)
  })

  it('[POLL5] the same moments, sampled every millisecond, give the same mean', () => {
    const meter = createAgeMeter()
    const showings = [3, 50, 51, 700, 1_234].map((fromMs) => ({
      fromMs,
      recordedAtMs: fromMs - (fromMs % 40),
    }))
    for (const showing of showings) meter.show(showing)
    let sum = 0
    for (let atMs = 3; atMs < 2_000; atMs += 1) {
      const shown = showings.findLast(({ fromMs }) => fromMs <= atMs)
      sum += atMs + 0.5 - (shown?.recordedAtMs ?? 0)
    }
    expect(meter.read(2_000)?.meanMs).toBeCloseTo(sum / 1_997, 6)
  })

  it('[POLL5] as lines: each change twice, just before and just after, and nothing after the end', () => {
    const polled = { showings: [{ fromMs: 100, recordedAtMs: 50 }], untilMs: 300 }
    const pushed = {
      showings: [
        { fromMs: 0, recordedAtMs: -10 },
        { fromMs: 200, recordedAtMs: 195 },
      ],
      untilMs: 250,
    }
    expect(sawTeeth([polled, pushed], { fromMs: 50, toMs: 300 })).toEqual([
      [50, 100, 100, 200, 200, 250, 250, 300],
      [null, null, 50, 150, 150, 200, 200, 250],
      [60, 110, 110, 210, 5, 55, 55, null],
    ])
  })
})
