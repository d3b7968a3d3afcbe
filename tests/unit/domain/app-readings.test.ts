import { expect, it } from 'vitest'
import { beginNumbering, type Numbering, numberReadings, withinSecond } from '#domain/app-readings.ts'

const NOW = Date.UTC(2026, 0, 1)
const ISSUED = NOW - 600_000
const numbering: Numbering = {
  ...beginNumbering(40, ISSUED),
  clockOffMs: null,
}
const at = (recordedAtMs: number) => ({ lat: 37.5, lng: 127, recordedAtMs })
const seqsOf = (times: number[], from = numbering, receivedAtMs = NOW) =>
  numberReadings(times.map(at), from, receivedAtMs).fixes.map(({ seq }) => seq)

it('[APP6] a number follows from the second of the capture, after all that the delivery had with its first code', () => {
  expect(seqsOf([ISSUED, ISSUED + 999, ISSUED + 1_000, NOW])).toEqual([101, 101, 102, 701])
  // The same whenever it comes in, and with whatever else.
  expect(seqsOf([ISSUED + 1_000], numbering, NOW + 86_400_000 / 4)).toEqual([102])
})

it('[APP6] what was captured more than a minute before the first code is of another ride', () => {
  const read = numberReadings([ISSUED - 60_001, ISSUED - 60_000, NOW].map(at), numbering, NOW)
  expect([read.fixes.map(({ seq }) => seq), read.ignored]).toEqual([[41, 701], 1])
})

it('[APP6] a time in whole seconds is the end of that second, or when it came in: the same number either way', () => {
  const second = NOW / 1_000 + 5
  const times = [NOW, NOW + 5_400, NOW + 9_000].map((receivedAtMs) => withinSecond(second, receivedAtMs))
  expect(times).toEqual([NOW + 5_000, NOW + 5_400, NOW + 5_999])
  const odd = { ...beginNumbering(0, NOW + 700), clockOffMs: null }
  expect(new Set(times.map((time) => seqsOf([time], odd)[0]))).toEqual(new Set([66]))
})

it('[APP6] a day after the first code the numbers are used up', () => {
  expect(seqsOf([ISSUED + 99_899_000, ISSUED + 99_900_000], numbering, ISSUED + 99_900_000)).toEqual([
    100_000,
  ])
})

it.each([
  ['a clock of long ago', Date.UTC(2000, 0, 1)],
  ['a clock an hour ahead', NOW + 3_600_000],
])('[APP7] %s: the first reading is of now, the others as far from it as they were captured', (_, phone) => {
  const first = numberReadings([at(phone)], numbering, NOW)
  expect([first.fixes[0]?.seq, first.clockOffMs]).toEqual([701, NOW - phone])
  // The time itself is left as the phone told it.
  expect(first.fixes[0]?.recordedAtMs).toBe(phone)
  const later = { ...numbering, clockOffMs: first.clockOffMs }
  expect(seqsOf([phone, phone - 30_000, phone + 5_000], later, NOW + 5_000)).toEqual([701, 671, 706])
  // In one post the newest is of now.
  expect(seqsOf([phone - 20_000, phone])).toEqual([681, 701])
})

it('[APP7] a clock that was put right, or is wrong in another way, is numbered by what it is now', () => {
  const wrong = { ...numbering, clockOffMs: NOW - Date.UTC(2000, 0, 1) }
  expect(seqsOf([NOW], wrong)).toEqual([701])
  expect(seqsOf([Date.UTC(2017, 5, 1)], wrong)).toEqual([701])
})
