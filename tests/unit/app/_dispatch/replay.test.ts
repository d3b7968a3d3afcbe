import { expect, it } from 'vitest'
import { momentAt, playOn, type Ride, readRide } from '#app/_dispatch/state/replay.ts'
import type { Location } from '#contracts/location.ts'

/** Some 111 m north a step of 0.001. */
function reading(seq: number, atS: number, lat: number, more: Partial<Location> = {}): Location {
  const recordedAtMs = atS * 1_000
  return { deliveryId: 'd', seq, lat, lng: 127, recordedAtMs, receivedAtMs: recordedAtMs, ...more }
}
const readAll = (...locations: Location[]): Ride => {
  const ride = readRide(locations)
  if (!ride) throw new Error('There is no ride')
  return ride
}

it('[BOARD27] a ride is what was believed, in its order, with its length and its speed', () => {
  const ride = readAll(
    reading(3, 30, 37.502),
    reading(1, 10, 37.5),
    reading(2, 20, 37.501, { speedMps: 9 }),
    reading(4, 31, 37.9, { implausible: true }),
    // A clock that went back.
    reading(5, 25, 37.502),
  )
  expect(ride).toMatchObject({ startMs: 10_000, endMs: 30_000, stops: [] })
  expect(ride.lengthM).toBeCloseTo(222.4, 0)
  expect(ride.points.map(({ speedMps }) => Math.round(speedMps))).toEqual([0, 9, 11])
  // A device whose clock was replaced has told several places of one moment.
  expect(readAll(reading(1, 0, 37.5), reading(2, 0, 37.501), reading(3, 10, 37.501)).points[1]).toMatchObject(
    { speedMps: 0 },
  )
  expect(readRide([])).toBeNull()
  expect(readRide([reading(1, 10, 37.5, { implausible: true })])).toBeNull()
})

it('[BOARD27] at a moment the rider is between the readings around it; in a long silence that is told', () => {
  const ride = readAll(reading(1, 0, 37.5), reading(2, 10, 37.501), reading(3, 110, 37.503))
  expect(momentAt(ride, -5_000)).toMatchObject({ index: 0, at: [37.5, 127], alongM: 0, isSilent: false })
  expect(momentAt(ride, 5_000)).toMatchObject({ index: 0, headingDeg: 0, isSilent: false })
  expect(momentAt(ride, 5_000).at[0]).toBeCloseTo(37.5005, 6)
  expect(momentAt(ride, 60_000)).toMatchObject({ index: 1, isSilent: true })
  expect(momentAt(ride, 60_000).alongM).toBeCloseTo(222.4, 0)
  expect(momentAt(ride, 999_000)).toMatchObject({ index: 2, at: [37.503, 127], speedMps: 0 })
  expect(momentAt(readAll(reading(1, 0, 37.5)), 0)).toMatchObject({ index: 0, speedMps: 0, headingDeg: 0 })
})

it('[BOARD27] a stop is half a minute and more near one place, a ride over the date line is a short one', () => {
  const ride = readAll(
    reading(1, 0, 37.5),
    reading(2, 10, 37.501),
    reading(3, 25, 37.5011),
    reading(4, 45, 37.50105),
    reading(5, 55, 37.503),
    reading(6, 75, 37.50301),
    reading(7, 80, 37.504),
  )
  expect(ride.stops).toEqual([{ at: [37.501, 127], atMs: 10_000, toMs: 45_000 }])
  const over = readAll(reading(1, 0, 0, { lng: 179.999 }), reading(2, 10, 0, { lng: -179.999 }))
  expect(over.lengthM).toBeLessThan(300)
  expect(Math.abs(momentAt(over, 5_000).at[1])).toBeCloseTo(180, 3)
})

it('[BOARD27] plays at its pace, until its end', () => {
  const ride = readAll(reading(1, 0, 37.5), reading(2, 100, 37.501))
  expect(playOn(ride, 10_000, 500, 8)).toBe(14_000)
  expect(playOn(ride, 99_000, 500, 30)).toBe(100_000)
})
