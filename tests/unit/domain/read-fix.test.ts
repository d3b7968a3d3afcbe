import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixSchema, reportedFixSchema } from '#contracts/location.ts'
import { OPTIONAL_FIELDS, readFix } from '#domain/read-fix.ts'

const good = { seq: 1, lat: 37.5, lng: 127, recordedAtMs: 1_700_000_000_000 }
/** Whatever JSON can hold, and what a device's own objects hold besides. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(-1, 1e9, Number.NaN, Number.POSITIVE_INFINITY, undefined, null, '12', true),
  fc.double(),
)

describe('the optional fields of a reading', () => {
  it.each([-1, -1e-9, 361, 1e9, null, Number.NaN, '90', {}, true])(
    '[LOC8] R1: a heading of %o is dropped, and the point is taken',
    (headingDeg) => {
      expect(readFix({ ...good, headingDeg, speedMps: 5 })).toEqual({
        fix: { ...good, speedMps: 5 },
        dropped: ['headingDeg'],
      })
    },
  )

  it.each([-1, 1_001, null, Number.NaN, '5', []])('[LOC8] R1: a speed of %o is dropped', (speedMps) => {
    expect(readFix({ ...good, speedMps, headingDeg: 0 })).toEqual({
      fix: { ...good, headingDeg: 0 },
      dropped: ['speedMps'],
    })
  })

  it.each([-1, 100_001, 1e9, Number.NaN, Number.POSITIVE_INFINITY, '8', {}])(
    '[LOC9] R1: an accuracy of %o means very uncertain, not unknown',
    (accuracyM) => {
      expect(readFix({ ...good, accuracyM })).toEqual({
        fix: { ...good, accuracyM: 100_000 },
        dropped: ['accuracyM'],
      })
    },
  )

  it('[LOC9] an accuracy that is null is unknown, as one that is missing', () => {
    expect(readFix({ ...good, accuracyM: null })).toEqual({ fix: good, dropped: ['accuracyM'] })
    expect(readFix(good)).toEqual({ fix: good, dropped: [] })
  })

  it('[LOC2] heading 360 is heading 0', () => {
    expect(readFix({ ...good, headingDeg: 360 })).toEqual({ fix: { ...good, headingDeg: 0 }, dropped: [] })
  })

  it('[LOC14] seven decimals of a degree are kept, and one of accuracy, heading and speed', () => {
    const exact = {
      ...good,
      lat: 37.4983471,
      lng: -127.0278942,
      accuracyM: 4.5,
      headingDeg: 359.9,
      speedMps: 0.1,
    }
    expect(readFix(exact).fix).toEqual(exact)
    const long = {
      lat: 37.49834714999,
      lng: -127.02789419999,
      accuracyM: 4.4999,
      headingDeg: 359.94,
      speedMps: 0.1,
    }
    expect(readFix({ ...good, ...long }).fix).toEqual({ ...exact, lat: 37.4983471 })
    expect(readFix({ ...good, headingDeg: 359.96, lng: -1e-9 }).fix).toEqual({
      ...good,
      headingDeg: 0,
      lng: 0,
    })
  })

  it('[LOC1] keeps absent what was absent, and drops what is none of its own', () => {
    const given = { ...good, accuracyM: undefined, token: 'secret' }
    expect(Object.keys(readFix(given).fix).sort()).toEqual(['lat', 'lng', 'recordedAtMs', 'seq'])
  })

  it('[LOC8] R1: whatever they hold, the point is a fix of the wire', () => {
    const fields = fc.record(
      { accuracyM: anything, headingDeg: anything, speedMps: anything },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fields, (odd) => {
        const reported = reportedFixSchema.parse({ ...good, ...odd })
        const { fix, dropped } = readFix(reported)
        expect(fixSchema.parse(fix)).toEqual(fix)
        for (const name of OPTIONAL_FIELDS)
          if (!dropped.includes(name) && typeof odd[name] === 'number')
            expect(Math.abs((fix[name] ?? Number.NaN) - odd[name]) % 360).toBeLessThan(0.051)
      }),
    )
  })
})
