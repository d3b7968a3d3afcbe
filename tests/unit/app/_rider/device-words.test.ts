import { describe, expect, it } from 'vitest'
import { initialRider, type RiderState, reportEveryMs } from '#app/_rider/ride/rider-state.ts'
import { deviceWords } from '#app/_rider/screen/device-words.ts'

const NOW_MS = 1_800_000_000_000
const sharing: RiderState = {
  ...initialRider('picked_up', NOW_MS),
  source: 'device',
  gps: 'working',
  sharing: true,
  recordedAtMs: NOW_MS - 2_000,
  acknowledgedAtMs: NOW_MS - 1_000,
}
const GOOD = { en: 'Sharing this device’s position' }

describe('the words about this device’s position', () => {
  it('[RIDE11] P4: it is called shared when the server has a fresh one, and only then', () => {
    expect(deviceWords(sharing)).toMatchObject({ tone: 'good', what: GOOD })
    const not: Partial<RiderState>[] = [
      ...(['denied', 'asking', 'unavailable', 'slow', 'unusable', 'insecure', 'unsupported'] as const).map(
        (gps) => ({ gps }),
      ),
      { sharing: false },
      { recordedAtMs: null, acknowledgedAtMs: null },
      { recordedAtMs: NOW_MS - 16_000 },
      { acknowledgedAtMs: null },
      { acknowledgedAtMs: NOW_MS - 16_000 },
      { sending: 'offline' },
      { sending: 'unreachable' },
      { sending: 'turned_away' },
    ]
    const words = not.map((change) => deviceWords({ ...sharing, ...change }))
    for (const each of words) {
      expect(each?.tone).not.toBe('good')
      expect(each?.what).not.toMatchObject(GOOD)
      expect(each?.next.en).not.toBe('')
    }
    expect(deviceWords({ ...sharing, source: 'simulation', gps: null })).toBeNull()
  })

  it('[RIDE19] [RIDE11] a device that was asked to report seldom is not called silent before three reports are missing', () => {
    const tone = (change: Partial<RiderState>) =>
      deviceWords({ ...sharing, askedMs: 10_000, ...change })?.tone
    expect(tone({ recordedAtMs: NOW_MS - 29_000, acknowledgedAtMs: NOW_MS - 29_000 })).toBe('good')
    expect(tone({ recordedAtMs: NOW_MS - 31_000, acknowledgedAtMs: NOW_MS - 31_000 })).toBe('warn')
  })

  it('[RIDE19] a device reports as often as the server asks, or oftener if that was chosen here; a simulated rider is set', () => {
    const every = (source: RiderState['source'], askedMs: number | null, intervalMs: number) =>
      reportEveryMs({ source, askedMs, intervalMs })
    expect([every('device', 10_000, 5_000), every('device', 3_000, 5_000)]).toEqual([10_000, 3_000])
    expect([every('device', 10_000, 1_000), every('device', 1_000, 2_000)]).toEqual([1_000, 1_000])
    expect([every('device', null, 5_000), every('simulation', 10_000, 5_000)]).toEqual([5_000, 5_000])
  })

  it('[RIDE11] P4: on plain http the reason is http, and not the browser’s settings', () => {
    expect(deviceWords({ ...sharing, gps: 'insecure' })?.next.en).toMatch(/https/)
    expect(deviceWords({ ...sharing, gps: 'insecure' })?.next.en).not.toMatch(/settings/)
    expect(deviceWords({ ...sharing, gps: 'denied' })?.next.en).toMatch(/settings/)
  })
})
