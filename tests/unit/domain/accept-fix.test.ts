import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fix, type Location, locationSchema } from '#contracts/location.ts'
import { judgeFix, type Known, sameFix } from '#domain/accept-fix.ts'
import { type Believing, type Ride, withJudged } from '#domain/implausible.ts'
import { anyFix } from './arbitraries.ts'

const NOW_MS = 1_700_000_000_000
const CREATED_MS = NOW_MS - 3_600_000
const known = (locations: Location[]): Known => ({
  find: (seq) => locations.find((location) => location.seq === seq),
  lastSeq: locations.at(-1)?.seq ?? 0,
  ...locations.reduce<Believing>(withJudged, { believed: null, unbelieved: [] }),
})
const nothing = known([])
const knowing = (...locations: Location[]): Known => known(locations)
const ride: Ride = {
  store: { name: 'store', lat: 37.5, lng: 127 },
  destination: { name: 'home', lat: 37.52, lng: 127 },
  route: [
    [37.5, 127],
    [37.52, 127],
  ],
}
const fix = (seq: number, more: Partial<Fix> = {}): Fix => ({
  seq,
  lat: 37.5,
  lng: 127,
  recordedAtMs: NOW_MS,
  ...more,
})
const judge = (given: Fix, by: Known, receivedAtMs = NOW_MS + 100, createdAtMs = CREATED_MS) =>
  judgeFix(given, by, { deliveryId: 'd1', createdAtMs, receivedAtMs, ride })

function accepted(given: Fix, by: Known = nothing, receivedAtMs = NOW_MS + 100, createdAtMs = CREATED_MS) {
  const verdict = judge(given, by, receivedAtMs, createdAtMs)
  if (verdict.kind !== 'accept') throw new Error(`Not accepted but ${verdict.kind}`)
  return verdict
}

describe('a new fix', () => {
  it('[LOC1] is accepted with the delivery and the time of its receipt', () => {
    const verdict = accepted(fix(1, { accuracyM: 5, headingDeg: 90, speedMps: 4 }))
    expect(verdict).toEqual({
      kind: 'accept',
      location: {
        ...{
          deliveryId: 'd1',
          seq: 1,
          lat: 37.5,
          lng: 127,
          recordedAtMs: NOW_MS,
          receivedAtMs: NOW_MS + 100,
        },
        ...{ accuracyM: 5, headingDeg: 90, speedMps: 4 },
      },
      late: false,
      clockReplaced: false,
      implausible: null,
    })
  })

  it('[LOC1] anything that the request schema lets through makes a location of the wire', () => {
    fc.assert(
      fc.property(anyFix, fc.integer({ min: 0, max: 8.64e15 }), (any, receivedAtMs) => {
        const { location } = accepted(any, nothing, receivedAtMs, 0)
        expect(locationSchema.parse(location)).toEqual(location)
        expect(location.recordedAtMs).toBeLessThanOrEqual(receivedAtMs)
      }),
    )
  })
})

describe('a seq that is known', () => {
  it('[LOC3] with the same content is a duplicate, and the first one stays', () => {
    const first = accepted(fix(3, { headingDeg: 0, speedMps: 2 })).location
    const again = judge(fix(3, { headingDeg: 0, speedMps: 2 }), knowing(first), NOW_MS + 9_000)
    expect(again).toEqual({ kind: 'duplicate', location: first })
  })

  it('[LOC3] any fix is a duplicate of itself, whenever the retry comes and whatever the clock says', () => {
    const time = fc.integer({ min: 0, max: 8.64e15 })
    fc.assert(
      fc.property(anyFix, time, time, (any, a, b) => {
        const first = accepted(any, nothing, Math.min(a, b)).location
        expect(judge(any, knowing(first), Math.max(a, b)).kind).toBe('duplicate')
      }),
    )
  })

  it.each<[string, Partial<Fix>]>([
    ['latitude', { lat: 37.500001 }],
    ['longitude', { lng: 127.000001 }],
    ['capture time', { recordedAtMs: NOW_MS - 1 }],
    ['accuracy', { accuracyM: 1 }],
    ['heading', { headingDeg: 1 }],
    ['speed', { speedMps: 1 }],
  ])('[LOC4] with another %s is a conflict, and both are handed on', (_name, other) => {
    const first = accepted(fix(3)).location
    const verdict = judge(fix(3, other), knowing(first))
    expect(verdict).toMatchObject({ kind: 'conflict', known: first, location: { seq: 3, ...other } })
  })
})

describe('a capture time that cannot be', () => {
  const WEEK_MS = 7 * 86_400_000

  it.each([
    ['in the future', NOW_MS + 60_000],
    ['1024 weeks ago, as after a GPS week rollover', NOW_MS - 1_024 * WEEK_MS],
    ['0', 0],
    ['just before the delivery was created', CREATED_MS - 1],
  ])('[LOC5] R3: %s: the receipt stands in', (_name, recordedAtMs) => {
    const verdict = accepted(fix(1, { recordedAtMs }))
    expect(verdict.clockReplaced).toBe(true)
    expect(verdict.location.recordedAtMs).toBe(verdict.location.receivedAtMs)
  })

  it('[LOC5] R3: from the creation to the receipt it is taken as it is', () => {
    for (const recordedAtMs of [CREATED_MS, NOW_MS, NOW_MS + 100])
      expect(accepted(fix(1, { recordedAtMs }))).toMatchObject({
        clockReplaced: false,
        location: { recordedAtMs },
      })
  })

  it.each([NOW_MS + 60_000, NOW_MS - 1_024 * WEEK_MS])(
    '[LOC5] is not compared when the point is sent again (%s)',
    (recordedAtMs) => {
      const odd = fix(1, { recordedAtMs })
      const first = accepted(odd).location
      expect(judge(odd, knowing(first), NOW_MS + 5_000).kind).toBe('duplicate')
      expect(judge(odd, knowing(first), NOW_MS + 3_600_000).kind).toBe('duplicate')
      expect(sameFix(first, { ...first, lat: 0 })).toBe(false)
    },
  )
})

describe('flags that do not refuse', () => {
  it('[LOC6] a seq below the last one is late', () => {
    expect(accepted(fix(4), knowing(accepted(fix(5)).location)).late).toBe(true)
    expect(accepted(fix(6), knowing(accepted(fix(5)).location)).late).toBe(false)
  })

  it('[LOC7] R5: a place that is not believed is flagged, and is still the same point when it comes again', () => {
    const start = accepted(fix(1)).location
    const far = fix(2, { lat: 38 })
    const { location, implausible } = accepted(far, knowing(start))
    expect([location.implausible, implausible]).toEqual([true, 'jump'])
    expect(judge(far, knowing(start, location)).kind).toBe('duplicate')
  })
})
