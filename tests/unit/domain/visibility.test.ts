import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DeliveryStatus, deliveryStatusSchema } from '#contracts/delivery.ts'
import { beginView, isLocationVisible } from '#domain/visibility.ts'

const PICKED_UP_MS = 1_700_000_000_000
const told = (status: DeliveryStatus, visibleFromSeq: number | null) => ({
  ...{ status, visibleFromSeq, visibleSeqTold: true, pickedUpAtMs: PICKED_UP_MS },
})
const byClock = (visibleFromSeq: number) => ({
  ...{ status: 'picked_up' as const, visibleFromSeq, visibleSeqTold: false, pickedUpAtMs: PICKED_UP_MS },
})
/** Captured and received so many milliseconds after the pick-up. */
const point = (seq: number, recordedMs = 1_000, receivedMs = recordedMs) => ({
  ...{ seq, recordedAtMs: PICKED_UP_MS + recordedMs, receivedAtMs: PICKED_UP_MS + receivedMs },
})

describe('where the view begins', () => {
  it("[VIS2] V1: with the device's word it begins with the last number captured before the pick-up", () => {
    expect(beginView(7, { believed: { seq: 3 }, last: { seq: 3 } })).toEqual({
      visibleFromSeq: 7,
      visibleSeqTold: true,
    })
  })

  it.each([undefined, 0])('[VIS3] V1: without it (%s) it begins with the newest believed place', (atSeq) => {
    const begin = (believed: number | null, last: number | null) =>
      beginView(atSeq, { believed: believed ? { seq: believed } : null, last: last ? { seq: last } : null })
    expect(begin(5, 6)).toEqual({ visibleFromSeq: 5, visibleSeqTold: false })
    expect(begin(null, 6)).toEqual({ visibleFromSeq: 7, visibleSeqTold: false })
    expect(begin(null, null)).toEqual({ visibleFromSeq: 1, visibleSeqTold: false })
  })
})

describe('what a customer sees', () => {
  it('[VIS2] the position known at pick-up is the first that a customer sees', () => {
    expect(isLocationVisible(told('picked_up', 7), point(6))).toBe(false)
    expect(isLocationVisible(told('picked_up', 7), point(7))).toBe(true)
    expect(isLocationVisible(told('arriving', 7), point(8))).toBe(true)
  })

  it('[VIS2] V1: the clock of the device does not matter when it told the number', () => {
    expect(isLocationVisible(told('picked_up', 7), point(8, -3_600_000, 5))).toBe(true)
    expect(isLocationVisible(told('picked_up', 7), point(6, 3_600_000, 5))).toBe(false)
  })

  it('[VIS3] V1: without the number, what was captured by the pick-up stays hidden, but for the last place known then', () => {
    expect(isLocationVisible(byClock(5), point(5, -2_000, -1_900))).toBe(true)
    for (let seq = 6; seq <= 15; seq += 1) {
      expect(isLocationVisible(byClock(5), point(seq, seq * 100 - 1_600, 50))).toBe(false)
    }
    expect(isLocationVisible(byClock(5), point(16, 1))).toBe(true)
  })

  it('[VIS3] V1: of points that waited on the device the first is not the last place', () => {
    expect(isLocationVisible(byClock(1), point(1, -60_000, 50))).toBe(false)
    expect(isLocationVisible(byClock(1), point(1, -1, 50))).toBe(false)
    expect(isLocationVisible(byClock(1), point(1, 0, 50))).toBe(true)
  })

  it('[VIS1] before pick-up and after the end nothing is visible', () => {
    expect(isLocationVisible(told('accepted', null), point(1))).toBe(false)
    expect(isLocationVisible(told('delivered', 1), point(9))).toBe(false)
    expect(isLocationVisible(told('cancelled', 1), point(9))).toBe(false)
  })

  it('[VIS2] while it is not set where visibility begins, nothing is visible', () => {
    fc.assert(
      fc.property(fc.constantFrom(...deliveryStatusSchema.options), fc.nat(), (status, seq) => {
        expect(isLocationVisible(told(status, null), point(seq))).toBe(false)
      }),
    )
  })
})
