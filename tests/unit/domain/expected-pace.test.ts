import { expect, it } from 'vitest'
import type { LatLng } from '#contracts/place.ts'
import { routeChangedEventSchema } from '#contracts/topics.ts'
import { expectedPace } from '#domain/expected-pace.ts'
import { routeLengthM } from '#domain/route.ts'
import { FIRST_RIDES } from '#domain/usual-rides.ts'

const route: LatLng[] = [
  [37.5, 127],
  [37.52, 127],
]
const planned = (mps: number | null) => ({
  ...{ route, routed: true },
  plannedMs: mps === null ? null : (routeLengthM(route) / mps) * 1_000,
})
const expected = (mps: number | null) => expectedPace(planned(mps), FIRST_RIDES)

it('[ETA13] the pace to expect is between the usual one and the router’s, which is believed for longer', () => {
  const usual = expected(null)
  expect(usual.mps).toBe(FIRST_RIDES.paceMps)
  expect(expected(4).mps).toBeGreaterThan(4)
  expect(expected(4).mps).toBeLessThan(usual.mps)
  expect(expected(10).mps).toBeGreaterThan(usual.mps)
  expect(expected(10).mps).toBeLessThan(10)
  expect(expected(10).weightMs).toBeGreaterThan(usual.weightMs)
})

it('[ETA13] a duration that no rider has is bounded, and one of nothing is none', () => {
  expect(expected(0.01).mps).toBeGreaterThan(4)
  expect(expected(1_000).mps).toBeLessThan(10)
  expect(expectedPace({ route, routed: true, plannedMs: 0 }, FIRST_RIDES)).toEqual(expected(null))
  const nowhere: LatLng[] = [
    [37.5, 127],
    [37.5, 127],
  ]
  expect(expectedPace({ route: nowhere, routed: true, plannedMs: 5_000 }, FIRST_RIDES)).toEqual(
    expected(null),
  )
})

it('[ETA13] a record of a new way from before durations were told says nothing of one', () => {
  const older = { v: 1, deliveryId: 'd', plan: 1, fromSeq: 3, route, routed: true, atMs: 1 }
  expect(routeChangedEventSchema.parse(older).durationMs).toBeNull()
})
