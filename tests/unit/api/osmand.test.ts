import { expect, it } from 'vitest'
import { readIsoTime, readOsmAnd } from '#server/api/osmand.ts'

const NOW = Date.UTC(2026, 0, 1)
const read = (query: string) => readOsmAnd(new URLSearchParams(query), NOW)
const PLACE = 'lat=48.8566&lon=2.3522'

it.each([
  ['1609459200000', 1_609_459_200_000],
  ['1609459200', 1_609_459_200_999],
  ['2021-01-01T00:00:00Z', 1_609_459_200_000],
  ['2021-01-01T09:00:00%2B09:00', 1_609_459_200_000],
  // A plus sign that was not escaped.
  ['2021-01-01T09:00:00+0900', 1_609_459_200_000],
  ['2021-01-01 00:00:00', 1_609_459_200_000],
])('[APP3] the time %s', (timestamp, recordedAtMs) => {
  expect(read(`${PLACE}&timestamp=${timestamp}`)).toMatchObject({ recordedAtMs })
})

it('[APP3] knots, either name of a direction and of the place, and now without a time', () => {
  expect(read('location=48.8566,2.3522&speed=10&heading=270&accuracy=12')).toEqual({
    ...{ lat: 48.8566, lng: 2.3522, recordedAtMs: NOW, accuracyM: 12, headingDeg: 270 },
    speedMps: expect.closeTo(5.144, 3),
  })
  expect(read(`${PLACE}&bearing=90&speed=&accuracy=none`)).toMatchObject({
    headingDeg: 90,
    accuracyM: 'none',
  })
})

it('[APP3] a position that says it is not valid is none', () => {
  expect(['true', '1'].map((valid) => read(`${PLACE}&valid=${valid}`))).not.toContain(null)
  expect(['false', '0'].map((valid) => read(`${PLACE}&valid=${valid}`))).toEqual([null, null])
})

it.each([
  ['lon=2', 'lat'],
  ['lat=&lon=2', 'lat'],
  ['lat=91&lon=2', 'lat'],
  ['lat=1&lon=east', 'lon'],
  ['location=1', 'location'],
  [`${PLACE}&timestamp=yesterday`, 'timestamp'],
  [`${PLACE}&timestamp=99999999999999999`, 'timestamp'],
])('[APP12] %s is refused, naming %s', (query, field) => {
  expect(() => read(query)).toThrow(expect.objectContaining({ code: 'invalid_body', field }))
})

it('[APP2] a time without a zone is UTC', () => {
  expect(readIsoTime('2026-01-01T00:00:00.250')).toBe(NOW + 250)
})
