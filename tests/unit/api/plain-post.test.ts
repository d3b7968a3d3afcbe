import fc from 'fast-check'
import { expect, it } from 'vitest'
import { postLocationsBodySchema } from '#contracts/http.ts'
import { readPlainPost } from '#server/api/plain-post.ts'

const point = {
  ...{ seq: 1, lat: 37.5, lng: 127, recordedAtMs: 1_700_000_000_000 },
  ...{ accuracyM: 8, headingDeg: 70.5, speedMps: 6.2 },
}
const oddNumber = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    90,
    90.000_001,
    -90,
    180,
    -180,
    181,
    360,
    1.5,
    100_000,
    100_001,
    2_147_483_648,
  ),
  fc.constantFrom(8.64e15, 8.64e15 + 2, 9_007_199_254_740_992, 1e300, -1e300, 5e-324),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
)
const odd = fc.oneof(oddNumber, fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('1', '', null, true, [], {}))
const name = fc.oneof(
  fc.constantFrom(...Object.keys(point), 'implausible', '__proto__', 'constructor', 'Seq', ''),
  fc.string({ maxLength: 4 }),
)
/** Text, because a body is text: `__proto__` is a member like any other there. */
const objectText = (members: [string, unknown][]) =>
  `{${members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`
const fixText = fc
  .tuple(fc.array(fc.tuple(name, odd), { maxLength: 3 }), fc.subarray(Object.keys(point), { minLength: 4 }))
  .map(([changed, kept]) =>
    objectText([...Object.entries(point).filter(([key]) => kept.includes(key)), ...changed]),
  )
const plainText = fc
  .record({
    seq: fc.integer({ min: 1, max: 100_000 }),
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lng: fc.double({ min: -180, max: 180, noNaN: true }),
    recordedAtMs: fc.integer({ min: 0, max: 8.64e15 }),
    accuracyM: odd,
  })
  .map((fix) => JSON.stringify(fix))
const bodyText = fc.oneof(
  fc
    .array(fc.oneof(plainText, plainText, fixText, fc.json({ maxDepth: 1 })), { maxLength: 5 })
    .map((fixes) => `{"locations":[${fixes.join(',')}]}`),
  fc
    .tuple(plainText, fc.integer({ min: 98, max: 102 }))
    .map(([fix, n]) => `{"locations":[${Array(n).fill(fix)}]}`),
  fc
    .tuple(plainText, name, odd)
    .map(([fix, key, value]) => `{"locations":[${fix}],${objectText([[key, value]]).slice(1)}`),
  fc.json({ maxDepth: 2 }),
)

it('[API9] a body that is read without the schema is what the schema would make of it, and right by it', () => {
  let plain = 0
  fc.assert(
    fc.property(bodyText, (text) => {
      const read = readPlainPost(JSON.parse(text))
      if (read === undefined) return
      plain += 1
      expect(read).toStrictEqual(postLocationsBodySchema.parse(JSON.parse(text)))
    }),
    { numRuns: 5_000 },
  )
  expect(plain).toBeGreaterThan(500)
})

it('[API9] what riders send is read without it', () => {
  const least = { seq: 2, lat: -37.5, lng: -127.123_456_7, recordedAtMs: 1 }
  const unknown = { ...point, accuracyM: null, headingDeg: -1, speedMps: 'fast' }
  for (const locations of [[point], [least, unknown], Array(100).fill(point)])
    expect(readPlainPost({ locations })).toStrictEqual(postLocationsBodySchema.parse({ locations }))
})
