import { describe, expect, it } from 'vitest'
import type { Location } from '#contracts/location.ts'
import { type Believing, isImplausibleJump, judgePlace, type Ride, withJudged } from '#domain/implausible.ts'

const START_MS = 1_700_000_000_000
const METRE_DEG = 1 / 111_195
/** 2.2 km to the north. */
const ride = (lat = 37.5, lng = 127): Ride => ({
  store: { name: 'store', lat, lng },
  destination: { name: 'home', lat: lat + 0.02, lng },
  route: [
    [lat, lng],
    [lat + 0.02, lng],
  ],
})
const SEOUL = ride()

/** So many metres north of the store, `seq` times 5 s after the start. */
const at = (seq: number, northM: number, more: Partial<Location> = {}): Location => ({
  deliveryId: 'd1',
  seq,
  lat: 37.5 + northM * METRE_DEG,
  lng: 127,
  recordedAtMs: START_MS + seq * 5_000,
  receivedAtMs: START_MS + seq * 5_000 + 100,
  ...more,
})

/** Takes them in one after the other, as the server does, and says which were believed. */
function believedOf(locations: Location[], along = SEOUL): number[] {
  let known: Believing = { believed: null, unbelieved: [] }
  const seqs: number[] = []
  for (const location of locations) {
    const reason = judgePlace(location, known, along)
    if (!reason) seqs.push(location.seq)
    known = withJudged(known, reason ? { ...location, implausible: true } : location)
  }
  return seqs
}
const why = (location: Location, base: Location | null = at(1, 0), along = SEOUL) =>
  judgePlace(location, { believed: base, unbelieved: [] }, along)

describe('Null Island', () => {
  it.each([
    [0, 0],
    [0.0001, -0.0001],
    [-0.009, 0.009],
  ])('[LOC10] R5: %s, %s says nothing, however often it is read', (lat, lng) => {
    const lost = (seq: number) => at(seq, 0, { lat, lng, accuracyM: 10 })
    expect(why(lost(2))).toBe('null_island')
    expect(why(lost(1), null)).toBe('null_island')
    expect(believedOf([at(1, 0), lost(2), lost(3), lost(4), lost(5), lost(6), at(7, 30)])).toEqual([1, 7])
  })

  it('[LOC10] a ride that is there is believed', () => {
    expect(why(at(1, 0, { lat: 0, lng: 0 }), null, ride(0.1, 0.1))).toBeNull()
  })
})

describe('an uncertainty larger than the ride', () => {
  it.each([
    [8, null],
    [2_000, null],
    [2_300, 'uncertain'],
    [100_000, 'uncertain'],
  ])('[LOC11] R5: read to within %s m on a ride of 2.2 km: %s', (accuracyM, reason) => {
    expect(why(at(2, 10, { accuracyM }))).toBe(reason)
  })

  it('[LOC11] on a very short ride a kilometre is certain enough', () => {
    const short = { ...SEOUL, destination: { name: 'home', lat: 37.501, lng: 127 }, route: [] }
    expect(why(at(2, 10, { accuracyM: 900 }), at(1, 0), short)).toBeNull()
    expect(why(at(2, 10, { accuracyM: 1_100 }), at(1, 0), short)).toBe('uncertain')
  })

  it('[LOC11] it is not believed by being repeated, and does not stand in the way of those that agree', () => {
    const vague = (seq: number) => at(seq, 9_000, { accuracyM: 50_000 })
    expect(believedOf([at(1, 0), vague(2), vague(3), vague(4), vague(5), at(6, 20)])).toEqual([1, 6])
    expect(believedOf([at(1, 0), at(2, 9_000), vague(3), at(4, 9_010), at(5, 9_020)])).toEqual([1, 5])
  })
})

describe('a jump', () => {
  it.each<[string, Partial<Location>, boolean]>([
    ['900 m in 10 s', { lat: 37.5081, recordedAtMs: START_MS + 10_000 }, false],
    ['1.1 km in 10 s', { lat: 37.5099, recordedAtMs: START_MS + 10_000 }, true],
    [
      '1.1 km in 10 s, read to within 150 m',
      { lat: 37.5099, recordedAtMs: START_MS + 10_000, accuracyM: 150 },
      false,
    ],
    ['490 m in the same instant', { lat: 37.5044 }, false],
    ['510 m in the same instant', { lat: 37.5046 }, true],
    ['900 m in the same instant, ten numbers on', { lat: 37.5081, seq: 11 }, false],
    ['900 m by 10 s of a clock that was set back', { lat: 37.5081, recordedAtMs: START_MS - 10_000 }, false],
  ])('[LOC7] %s: implausible %o → %s', (_name, next, expected) => {
    const from = at(1, 0, { recordedAtMs: START_MS })
    expect(isImplausibleJump(from, at(2, 0, { recordedAtMs: START_MS, ...next }))).toBe(expected)
  })

  it.each([1, 2, 5])('[LOC7] the demo at ×10 jumps nowhere, reported every %s s', (everyS) => {
    const ride = [1, 2, 3, 4, 5].map((seq) =>
      at(seq, seq * everyS * 75, { recordedAtMs: START_MS + seq * everyS * 1_000 }),
    )
    expect(believedOf(ride)).toEqual([1, 2, 3, 4, 5])
  })

  it('[LOC12] R5: one bad reading is left out, and the next good one is believed at once', () => {
    expect(believedOf([at(1, 0), at(2, 30), at(3, 50_000), at(4, 90), at(5, 120)])).toEqual([1, 2, 4, 5])
  })

  it('[LOC12] R5: the third in a row that agrees is believed, and the ride goes on from there', () => {
    const far = [3, 4, 5, 6].map((seq) => at(seq, 50_000 + seq * 30))
    expect(believedOf([at(1, 0), at(2, 30), ...far])).toEqual([1, 2, 5, 6])
    expect(believedOf([at(1, 0), at(2, 30), ...far, at(7, 60)])).toEqual([1, 2, 5, 6])
  })

  it('[LOC12] R5: three that do not agree are not believed', () => {
    expect(believedOf([at(1, 0), at(2, 50_000), at(3, 90_000), at(4, 20_000), at(5, 70_000)])).toEqual([1])
  })

  it('[LOC12] a bad first reading is given up after three that agree', () => {
    expect(believedOf([at(1, 80_000), at(2, 0), at(3, 30), at(4, 60), at(5, 90)])).toEqual([1, 4, 5])
  })

  it('[LOC12] a late one changes nothing of what is believed', () => {
    const base: Believing = { believed: at(5, 100), unbelieved: [] }
    expect(withJudged(base, at(3, 50))).toBe(base)
  })
})
