import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fix, type Location, locationSchema } from '#contracts/location.ts'
import { judgeFix, type Known, sameFix } from '#domain/accept-fix.ts'
import { anyFix } from './arbitraries.ts'

const NOW_MS = 1_700_000_000_000
const nothing: Known = { find: () => undefined, lastLocation: null }
const knowing = (...locations: Location[]): Known => ({
  find: (seq) => locations.find((location) => location.seq === seq),
  lastLocation: locations.at(-1) ?? null,
})
const fix = (seq: number, more: Partial<Fix> = {}): Fix => ({
  seq,
  lat: 37.5,
  lng: 127,
  recordedAtMs: NOW_MS,
  ...more,
})
const judge = (given: Fix, known: Known, receivedAtMs = NOW_MS + 100) =>
  judgeFix(given, known, { deliveryId: 'd1', receivedAtMs })

function accepted(given: Fix, known: Known = nothing, receivedAtMs = NOW_MS + 100) {
  const verdict = judge(given, known, receivedAtMs)
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
      clockClamped: false,
      implausibleJump: false,
    })
  })

  it('[LOC1] keeps absent what was absent, and drops what is none of its own', () => {
    const given = { ...fix(1), accuracyM: undefined, token: 'secret' }
    expect(Object.keys(accepted(given).location).sort()).toEqual(
      ['deliveryId', 'lat', 'lng', 'receivedAtMs', 'recordedAtMs', 'seq'].sort(),
    )
  })

  it('[LOC2] heading 360 is heading 0', () => {
    expect(accepted(fix(1, { headingDeg: 360 })).location.headingDeg).toBe(0)
  })

  it('[LOC1] anything that the request schema lets through makes a location of the wire', () => {
    fc.assert(
      fc.property(anyFix, fc.integer({ min: 0, max: 8.64e15 }), (any, receivedAtMs) => {
        const { location } = accepted(any, nothing, receivedAtMs)
        expect(locationSchema.parse(location)).toEqual(location)
        expect(location.recordedAtMs).toBeLessThanOrEqual(receivedAtMs)
      }),
    )
  })
})

describe('a seq that is known', () => {
  it('[LOC3] with the same content is a duplicate, and the first one stays', () => {
    const first = accepted(fix(3, { headingDeg: 360, speedMps: 2 })).location
    const again = judge(fix(3, { headingDeg: 360, speedMps: 2 }), knowing(first), NOW_MS + 9_000)
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

describe('a capture time in the future', () => {
  const ahead = fix(1, { recordedAtMs: NOW_MS + 60_000 })

  it('[LOC5] is clamped to the receipt and flagged', () => {
    const verdict = accepted(ahead)
    expect(verdict.clockClamped).toBe(true)
    expect(verdict.location.recordedAtMs).toBe(verdict.location.receivedAtMs)
  })

  it('[LOC5] is not compared when the point is sent again, even once it has passed', () => {
    const first = accepted(ahead).location
    expect(judge(ahead, knowing(first), NOW_MS + 5_000).kind).toBe('duplicate')
    expect(judge(ahead, knowing(first), NOW_MS + 3_600_000).kind).toBe('duplicate')
    expect(sameFix(first, { ...first, lat: 0 })).toBe(false)
  })
})

describe('flags that do not refuse', () => {
  it('[LOC6] a seq below the last one is late', () => {
    expect(accepted(fix(4), knowing(accepted(fix(5)).location)).late).toBe(true)
    expect(accepted(fix(6), knowing(accepted(fix(5)).location)).late).toBe(false)
  })

  it.each<[string, Partial<Fix>, boolean]>([
    ['600 m in 10 s', { lat: 37.5054, recordedAtMs: NOW_MS + 10_000 }, false],
    ['800 m in 10 s', { lat: 37.5072, recordedAtMs: NOW_MS + 10_000 }, true],
    [
      '800 m in 10 s, read to within 150 m',
      { lat: 37.5072, recordedAtMs: NOW_MS + 10_000, accuracyM: 150 },
      false,
    ],
    ['60 m in the same instant', { lat: 37.50054 }, false],
    ['80 m in the same instant', { lat: 37.50072 }, true],
  ])('[LOC7] %s: implausible jump %o → %s', (_name, next, expected) => {
    const known = knowing(accepted(fix(1)).location)
    expect(accepted(fix(2, next), known, NOW_MS + 20_000).implausibleJump).toBe(expected)
  })

  it('[LOC7] a late point is measured by the time between the two, whichever came first', () => {
    const known = knowing(accepted(fix(5)).location)
    const late = accepted(fix(4, { lat: 37.5054, recordedAtMs: NOW_MS - 10_000 }), known)
    expect(late).toMatchObject({ late: true, implausibleJump: false })
  })
})
