import fc from 'fast-check'
import type { Fix } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true })

export const anywhere: fc.Arbitrary<LatLng> = fc.tuple(double(-90, 90), double(-180, 180))

/** An area a meal is carried across: about 4 × 4 km. */
export const inSeoul: fc.Arbitrary<LatLng> = fc.tuple(double(37.49, 37.525), double(127.015, 127.06))

export const seoulRoute: fc.Arbitrary<LatLng[]> = fc.array(inSeoul, { minLength: 2, maxLength: 30 })

/** Whatever the request's schema lets through. */
export const anyFix: fc.Arbitrary<Fix> = fc.record(
  {
    seq: fc.integer({ min: 1, max: 2_147_483_647 }),
    lat: double(-90, 90),
    lng: double(-180, 180),
    recordedAtMs: fc.integer({ min: 0, max: 8.64e15 }),
    accuracyM: double(0, 100_000),
    headingDeg: double(0, 360),
    speedMps: double(0, 1_000),
  },
  { requiredKeys: ['seq', 'lat', 'lng', 'recordedAtMs'] },
)
