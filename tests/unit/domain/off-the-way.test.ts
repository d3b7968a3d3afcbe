import { describe, expect, it } from 'vitest'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { hasLeftTheWay } from '#domain/off-the-way.ts'

const ROUTE: LatLng[] = [
  [52.5, 13.4],
  [52.5, 13.42],
]
const METRE = 1 / 111_195
const at = (seq: number, seconds: number, offM: number, accuracyM?: number): Location => ({
  ...{ deliveryId: 'd', seq, lat: 52.5 + offM * METRE, lng: 13.41 },
  ...{ recordedAtMs: 1_000_000 + seconds * 1_000, receivedAtMs: 1_000_000 + seconds * 1_000 },
  ...(accuracyM !== undefined && { accuracyM }),
})

describe('a rider who leaves the way', () => {
  it.each([
    ['after 20 s, and not before', [at(1, 0, 0), at(2, 5, 150), at(3, 15, 150), at(4, 24.9, 150)], false],
    ['after 20 s', [at(1, 0, 0), at(2, 5, 150), at(3, 15, 150), at(4, 25, 150)], true],
    ['not within 100 m', [at(1, 0, 99), at(2, 10, 99), at(3, 30, 99)], false],
    ['just beyond 100 m', [at(1, 0, 101), at(2, 10, 101), at(3, 20, 101)], true],
    [
      'not by readings that may be nearer',
      [at(1, 0, 150, 60), at(2, 10, 150, 60), at(3, 30, 150, 60)],
      false,
    ],
    [
      'an uncertain one in between ends nothing',
      [at(1, 0, 150, 8), at(2, 10, 150, 80), at(3, 20, 150, 8)],
      true,
    ],
    [
      'an uncertain one at first begins nothing',
      [at(1, 0, 150, 80), at(2, 10, 150, 8), at(3, 20, 150, 8)],
      false,
    ],
    ['one on the way ends it', [at(1, 0, 150), at(2, 10, 20), at(3, 20, 150), at(4, 30, 150)], false],
    ['not by the first point', [at(1, 0, 150)], false],
  ] as const)('[WAY5] is known to have left it: %s', (_, points, expected) => {
    expect(hasLeftTheWay(ROUTE, points)).toBe(expected)
  })
})
