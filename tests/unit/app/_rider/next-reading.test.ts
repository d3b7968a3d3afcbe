import { describe, expect, it } from 'vitest'
import { createCaptureTimes } from '#app/_rider/gps/capture-times.ts'
import { checkReading } from '#app/_rider/gps/check-reading.ts'
import { createNextReading } from '#app/_rider/gps/next-reading.ts'
import type { Reading } from '#app/_rider/gps/reading.ts'

const START_MS = 1_800_000_000_000
const PACE = { riding: false, speedFactor: 1, intervalMs: 1_000 }
const simulate = (recordedAtMs: number) => ({ lat: 1, lng: 1, recordedAtMs })

function device(newestAtMs: number | null = null) {
  let nowMs = START_MS
  let reported: Reading | null = null
  let stands = false
  const next = createNextReading({
    source: {
      simulate,
      gps: () => ({
        take: () => {
          const taken = reported
          reported = null
          return taken
        },
        newest: () => null,
        stands: () => stands,
        stop: () => {},
      }),
    },
    clock: { nowMs: () => nowMs, fromDeviceMs: (ms) => ms },
    times: createCaptureTimes(START_MS - 600_000, newestAtMs),
  })
  return {
    next: () => next(PACE),
    report: (reading: Partial<Reading>) => {
      reported = { lat: 37.5, lng: 127, recordedAtMs: nowMs, ...reading }
    },
    stand: (does: boolean) => {
      stands = does
    },
    after: (ms: number) => {
      nowMs += ms
    },
  }
}

describe('what is recorded of a device', () => {
  it('[RIDE9] R7: one that stands since before the page was reloaded is where it says; what it has in its memory is not', () => {
    const phone = device(START_MS - 1_000)
    for (const [ageMs, lat] of [
      [300_000, 35],
      [20_000, 37.5],
    ] as const) {
      phone.report({ lat, recordedAtMs: START_MS - ageMs })
      expect(phone.next()).toBeNull()
    }
    phone.stand(true)
    phone.after(6_000)
    expect(phone.next()).toMatchObject({ lat: 37.5, recordedAtMs: START_MS + 6_000 })
  })

  it('[RIDE9] R7: a device that stands is where it was, with a new time, and neither course nor speed', () => {
    const phone = device()
    expect(phone.next()).toBeNull()
    phone.report({ accuracyM: 8, headingDeg: 90, speedMps: 6 })
    expect(phone.next()).toMatchObject({ headingDeg: 90, speedMps: 6 })
    expect(phone.next()).toBeNull()
    phone.stand(true)
    phone.after(6_000)
    expect(phone.next()).toEqual({ lat: 37.5, lng: 127, accuracyM: 8, recordedAtMs: START_MS + 6_000 })
    phone.after(1_000)
    expect(phone.next()?.recordedAtMs).toBe(START_MS + 7_000)
    // What the device says of the moment before takes nothing back.
    phone.report({ lat: 37.6, recordedAtMs: START_MS + 6_500 })
    expect(phone.next()).toMatchObject({ lat: 37.6, recordedAtMs: START_MS + 7_000 })
    phone.stand(false)
    expect(phone.next()).toBeNull()
  })

  it('[RIDE9] R7: an old reading out of the device’s memory is not what is repeated', () => {
    const phone = device()
    phone.report({})
    phone.next()
    phone.after(5_000)
    phone.report({ lat: 10, recordedAtMs: START_MS - 3 * 3_600_000 })
    expect(phone.next()).toBeNull()
    phone.stand(true)
    phone.after(6_000)
    expect(phone.next()).toMatchObject({ lat: 37.5, recordedAtMs: START_MS + 11_000 })
  })
})

const position = (coords: object, timestamp: unknown = START_MS + 0.4) =>
  ({ coords: { latitude: 37.5, longitude: 127, accuracy: 8, ...coords }, timestamp }) as GeolocationPosition

describe('a reading of the device', () => {
  it.each([
    ['heading −1, speed −1', { heading: -1, speed: -1 }, {}],
    ['heading NaN, speed null', { heading: Number.NaN, speed: null }, {}],
    ['heading 360', { heading: 360, speed: 3 }, { headingDeg: 0, speedMps: 3 }],
    ['accuracy −1', { accuracy: -1 }, { accuracyM: 100_000 }],
    ['accuracy 1e9', { accuracy: 1e9 }, { accuracyM: 100_000 }],
    ['accuracy NaN', { accuracy: Number.NaN }, { accuracyM: 100_000 }],
  ])('[RIDE10] R2: %s: the place is good without it', (_, coords, more) => {
    expect(checkReading(position(coords))).toEqual({
      lat: 37.5,
      lng: 127,
      recordedAtMs: START_MS,
      accuracyM: 8,
      ...more,
    })
  })

  it.each([
    ['a latitude of 91', position({ latitude: 91 })],
    ['a longitude that is no number', position({ longitude: Number.NaN })],
    ['no latitude', position({ latitude: null })],
    ['no time', position({}, null)],
    ['a time that is no number', position({}, Number.NaN)],
    ['a time before time', position({}, -1)],
    ['no coordinates', { timestamp: START_MS } as GeolocationPosition],
  ])('[RIDE10] R2: %s: nothing to record', (_, given) => {
    expect(checkReading(given)).toBeNull()
  })
})
