import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Location } from '#contracts/location.ts'
import { RecentLocations } from '#server/delivery/recent-locations.ts'

const at = (seq: number, more: Partial<Location> = {}): Location => ({
  deliveryId: 'd1',
  seq,
  lat: 37.5 + seq / 1e5,
  lng: 127,
  recordedAtMs: 1_767_225_600_000 + seq,
  receivedAtMs: 1_767_225_600_100 + seq,
  ...more,
})
const lately = (ms: number) => 1_767_225_600_000 + (ms % 86_400_000)
const upTo = (most: number) => Array.from({ length: most }, (_, index) => index + 1)

describe('[MEM4] the last locations of a delivery', () => {
  it('come back exactly as they were added, whatever they hold', () => {
    const time = fc.integer({ min: 0, max: 8_640_000_000_000_000 })
    // Most as a judged reading has them, some as they may come out of an old log.
    const times = fc.oneof(time.map(lately), time.map(lately), time)
    const any = fc.double({ noNaN: true, noDefaultInfinity: true })
    const digits = (most: number, perUnit: number) => {
      const judged = fc.integer({ min: -most * perUnit, max: most * perUnit }).map((n) => n / perUnit)
      return fc.oneof(judged, judged, any)
    }
    const location = fc.record(
      {
        deliveryId: fc.constant('d1'),
        seq: fc.integer({ min: 1, max: 300 }),
        lat: digits(90, 1e7),
        lng: digits(180, 1e7),
        recordedAtMs: times,
        receivedAtMs: times,
        accuracyM: digits(100_000, 10),
        headingDeg: digits(360, 10),
        speedMps: digits(1_000, 10),
        implausible: fc.constant(true as const),
      },
      {
        noNullPrototype: true,
        requiredKeys: ['deliveryId', 'seq', 'lat', 'lng', 'recordedAtMs', 'receivedAtMs'],
      },
    )
    fc.assert(
      fc.property(fc.array(location, { maxLength: 150 }), (locations) => {
        const recent = new RecentLocations('d1')
        recent.keepMore()
        const first = new Map<number, Location>()
        for (const each of locations) {
          recent.add(each)
          if (!first.has(each.seq)) first.set(each.seq, each)
        }
        expect(recent.after(0)).toStrictEqual([...first.values()].sort((a, b) => a.seq - b.seq))
        for (const [seq, known] of first) expect(recent.find(seq)).toStrictEqual(known)
      }),
    )
  })

  it('are 200 of a delivery that is asked for here, and 32 of another; the first one kept tells what was forgotten', () => {
    for (const [most, recent] of [
      [32, new RecentLocations('d1')],
      [200, new RecentLocations('d1')],
    ] as const) {
      if (most === 200) recent.keepMore()
      for (const seq of upTo(most)) recent.add(at(seq))
      expect([recent.firstKept, recent.find(1)?.seq]).toEqual([null, 1])
      // The ring goes around more than once.
      for (const seq of upTo(most * 2 + 7)) recent.add(at(seq))
      expect(recent.after(0).map(({ seq }) => seq)).toEqual(upTo(most).map((seq) => most + 7 + seq))
      expect([recent.firstKept?.seq, recent.find(most), recent.lastSeq]).toEqual([
        most + 8,
        undefined,
        2 * most + 7,
      ])
    }
  })

  it('become more once it is asked for, whatever had been forgotten by then', () => {
    const recent = new RecentLocations('d1')
    for (const seq of upTo(50)) recent.add(at(seq))
    recent.keepMore()
    for (const seq of upTo(218)) if (seq > 50) recent.add(at(seq))
    expect(recent.after(0)).toHaveLength(200)
    expect([recent.firstKept?.seq, recent.after(0).at(0)?.seq]).toEqual([19, 19])
  })

  it('are one after the end, by number', () => {
    const recent = new RecentLocations('d1')
    for (const seq of [1, 3, 2]) recent.add(at(seq))
    recent.hold(at(9))
    recent.forgetAllButLast()
    expect(recent.after(0).map(({ seq }) => seq)).toEqual([9])
    recent.add(at(4))
    expect(recent.after(0).map(({ seq }) => seq)).toEqual([4, 9])
  })
})
