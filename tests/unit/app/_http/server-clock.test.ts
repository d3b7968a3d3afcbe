import { describe, expect, it, vi } from 'vitest'
import { callApi } from '#app/_http/call-api.ts'
import { createServerClock, deviceAheadMs } from '#app/_http/server-clock.ts'
import { postStatusAnswerSchema } from '#contracts/http.ts'

const HOUR_MS = 3_600_000

/** A device whose clock is `aheadMs` ahead asks at 12:00:00.400 server time; both ways take `tookMs`. */
function check(aheadMs: number, tookMs = 80) {
  const noonMs = Date.UTC(2026, 0, 1, 12)
  const askedAtMs = noonMs + 400 + aheadMs
  const answeredMs = noonMs + 400 + tookMs / 2
  return {
    askedAtMs,
    answeredAtMs: askedAtMs + tookMs,
    serverAtMs: Math.floor(answeredMs / 1_000) * 1_000,
  }
}

describe('the server’s clock', () => {
  it.each([HOUR_MS, -HOUR_MS, 90_000, -5_000])('[SEND6] [TRK11] finds a clock that is %i ms ahead', (ms) => {
    expect(Math.abs(deviceAheadMs(0, check(ms)) - ms)).toBeLessThanOrEqual(600)
  })

  it('[SEND6] a clock that is right is never moved, however slow the answer', () => {
    for (const tookMs of [10, 500, 3_000, 9_900]) expect(deviceAheadMs(0, check(0, tookMs))).toBe(0)
    expect(deviceAheadMs(0, check(300))).toBe(0)
  })

  it('[SEND6] what is known is not moved to and fro by answers that agree with it', () => {
    const knownMs = deviceAheadMs(0, check(HOUR_MS))
    for (const tookMs of [10, 700, 9_000])
      expect(deviceAheadMs(knownMs, check(HOUR_MS, tookMs))).toBe(knownMs)
  })

  it('[SEND6] a clock that is put right is noticed; one that is set back during a question waits for the next', () => {
    expect(deviceAheadMs(HOUR_MS, check(0))).toBeLessThanOrEqual(600)
    const { askedAtMs, serverAtMs } = check(HOUR_MS)
    const setBack = { askedAtMs, answeredAtMs: askedAtMs - HOUR_MS, serverAtMs }
    expect(deviceAheadMs(HOUR_MS, setBack)).toBe(HOUR_MS)
  })

  it('[SEND6] [TRK11] every answer of the API sets it', async () => {
    const deviceMs = Date.UTC(2026, 0, 1, 12)
    const clock = createServerClock(() => deviceMs)
    vi.stubGlobal('fetch', async () =>
      Response.json(
        { status: 'picked_up' },
        { headers: { date: new Date(deviceMs + HOUR_MS).toUTCString() } },
      ),
    )
    await callApi(postStatusAnswerSchema, '/', { clock })
    vi.unstubAllGlobals()
    expect(clock.nowMs()).toBe(deviceMs + HOUR_MS + 500)
    expect(clock.fromDeviceMs(deviceMs - 7_000)).toBe(clock.nowMs() - 7_000)
    clock.ask()(null)
    expect(clock.nowMs()).toBe(deviceMs + HOUR_MS + 500)
  })
})
