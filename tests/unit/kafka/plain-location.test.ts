import fc from 'fast-check'
import { expect, it } from 'vitest'
import { locationEventSchema } from '#contracts/topics.ts'
import { readPlainLocation } from '#server/kafka/plain-location.ts'

const event = {
  ...{ v: 1, riderId: 'rider-1', deliveryId: 'aB~!9', seq: 1, lat: 37.5, lng: 127 },
  ...{ recordedAtMs: 1_700_000_000_000, receivedAtMs: 1_700_000_000_100 },
  ...{ accuracyM: 8, headingDeg: 360, speedMps: 6.2, implausible: true },
}
const odd = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 90, 90.000_001, 180, 181, 360, 360.1, 1.5, 100_000, 100_001, 1_001),
  fc.constantFrom(2_147_483_647, 2_147_483_648, 8.64e15, 8.64e15 + 2, 9_007_199_254_740_992, 1e300, 5e-324),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ maxLength: 66 }),
  fc.constantFrom('', ' ', 'x'.repeat(64), 'x'.repeat(65), 'x\n', '강', null, true, false, [], {}),
)
const name = fc.oneof(fc.constantFrom(...Object.keys(event), '__proto__', 'constructor'), fc.string())
/** Text, because a record is text: `__proto__` is a member like any other there. */
const eventText = fc
  .tuple(
    fc.subarray(Object.entries(event), { minLength: 7 }),
    fc.array(fc.tuple(name, odd), { maxLength: 2 }),
  )
  .map(([kept, changed]) => [...kept, ...changed])
  .map(
    (members) => `{${members.map((each) => each.map((part) => JSON.stringify(part)).join(':')).join(',')}}`,
  )

it('[PATH13] an event that is read without its schema is what the schema makes of it, and right by it', () => {
  let plain = 0
  fc.assert(
    fc.property(fc.oneof(eventText, eventText, fc.json({ maxDepth: 2 })), (text) => {
      const read = readPlainLocation(JSON.parse(text))
      if (read === undefined) return
      plain += 1
      const { v: _v, riderId: _riderId, ...location } = locationEventSchema.parse(JSON.parse(text))
      expect(read).toStrictEqual(location)
    }),
    { numRuns: 3_000 },
  )
  expect(plain).toBeGreaterThan(100)
})

it('[PATH13] our own events are read without it', () => {
  const { accuracyM: _a, headingDeg: _h, speedMps: _s, implausible: _i, ...least } = event
  for (const each of [event, least]) expect(readPlainLocation(each)).toBeDefined()
})
