import fc from 'fast-check'
import { MAX_BODY_BYTES, postLocationsBodySchema, postStatusBodySchema } from '#contracts/http.ts'
import { createDeliveryBodySchema } from '#contracts/order.ts'
import type { ProblemCode } from '#contracts/problem.ts'

const SCHEMAS = {
  locations: postLocationsBodySchema,
  status: postStatusBodySchema,
  create: createDeliveryBodySchema,
}
export type Target = keyof typeof SCHEMAS
export type FuzzedBody = { target: Target; bytes: Buffer; contentType: string; code: ProblemCode }

/** So many bodies that the contract forbids, each with the code that it must be answered with. */
export function fuzzedBodies(count: number, seed: number): FuzzedBody[] {
  const arbitrary = fc
    .record({ target, bytes: anyBytes, contentType })
    .map(({ target: to, bytes, contentType: type }) => ({
      target: to,
      bytes,
      contentType: type,
      code: mustBe(to, bytes, type),
    }))
    .filter(({ code }) => code !== null) as fc.Arbitrary<FuzzedBody>
  return fc.sample(arbitrary, { seed, numRuns: count })
}

/** What the contract says of a body; null when it allows it. */
function mustBe(to: Target, bytes: Buffer, type: string): ProblemCode | null {
  if (bytes.length > MAX_BODY_BYTES) return 'body_too_large'
  if (bytes.length > 0 && !/^application\/json *(;|$)/i.test(type)) return 'unsupported_media_type'
  try {
    const value =
      bytes.length === 0 ? {} : JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (SCHEMAS[to].safeParse(value).success) return null
  } catch {
    return 'invalid_json'
  }
  return bytes.length === 0 ? 'invalid_json' : 'invalid_body'
}

const weighted = <T>(...choices: [number, fc.Arbitrary<T>][]) =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })))

/** Mostly the hot route: the others go through Next, at many times the cost. */
const target = weighted<Target>(
  [8, fc.constant('locations')],
  [1, fc.constant('status')],
  [1, fc.constant('create')],
)
const contentType = weighted(
  [20, fc.constantFrom('application/json', 'application/json; charset=utf-8', 'Application/JSON ;x=y')],
  [
    1,
    fc.constantFrom(
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'json',
      '*/*',
    ),
  ],
)

const NO_JSON = [
  'NaN',
  '-NaN',
  'Infinity',
  '-Infinity',
  '0x10',
  '01',
  '.5',
  '1.',
  '+1',
  '--1',
  '1e',
  '1_000',
  'undefined',
  "'1'",
]
const WRONG = [
  '1e999',
  '-1e999',
  '9'.repeat(400),
  '1e-9999',
  '-0',
  'null',
  'true',
  '""',
  '"37"',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '[]',
  '{}',
  '[[]]',
  '{"$gt":0}',
  '-1',
  '0',
  '1.5',
  '2147483648',
  '9007199254740993',
  '1e308',
  '90.0000001',
  '-91',
  '180.1',
  '361',
  '1001',
  '-1e-9',
  '8640000000000001',
]
const rawToken = weighted([1, fc.constantFrom(...NO_JSON)], [12, fc.constantFrom(...WRONG)])
const jsonText = fc.jsonValue({ maxDepth: 4, noUnicodeString: false }).map((value) => JSON.stringify(value))
const good: Record<string, string> = {
  seq: '1',
  lat: '37.5',
  lng: '127.03',
  recordedAtMs: '1700000000000',
  accuracyM: '8',
  headingDeg: '70',
  speedMps: '6',
}

/** A fix with some members wrong, missing, or there twice. */
const nearlyFix = fc
  .record({
    wrong: fc.dictionary(fc.constantFrom(...Object.keys(good)), fc.oneof(rawToken, jsonText), {
      minKeys: 0,
      maxKeys: 3,
    }),
    missing: fc.subarray(Object.keys(good), { maxLength: 2 }),
    twice: fc.boolean(),
  })
  .map(({ wrong, missing, twice }) => {
    const members = Object.entries({ ...good, ...wrong }).filter(([name]) => !missing.includes(name))
    if (twice) members.push(...Object.entries(wrong))
    return `{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}`
  })
const locations = weighted(
  [
    6,
    fc.array(nearlyFix, { minLength: 1, maxLength: 5 }).map((fixes) => `{"locations":[${fixes.join(',')}]}`),
  ],
  [
    1,
    fc
      .integer({ min: 101, max: 300 })
      .map(
        (length) =>
          `{"locations":[${Array(length).fill(`{"seq":1,"lat":1,"lng":1,"recordedAtMs":1}`).join(',')}]}`,
      ),
  ],
  [1, nearlyFix.map((fix) => `{"locations":{"length":1,"0":${fix}}}`)],
)
const otherCalls = fc
  .oneof(rawToken, jsonText)
  .chain((value) =>
    fc.constantFrom(
      `{"status":${value}}`,
      `{"scenario":${value}}`,
      `{"status":"lost"}`,
      `{"scenario":""}`,
      `{"scenario":"${'x'.repeat(65)}"}`,
    ),
  )

/** What a careless merge would take for members of everything. */
const PROTOTYPE = `{"locations":[${JSON.stringify({ seq: 7, lat: 1, lng: 1, recordedAtMs: 1 })}],"status":"cancelled","scenario":"coffee","seq":7,"lat":1,"lng":1,"recordedAtMs":1,"toJSON":1,"then":1,"polluted":true}`
const polluting = fc.constantFrom(
  `{"__proto__":${PROTOTYPE}}`,
  `{"constructor":{"prototype":${PROTOTYPE}}}`,
  `{"locations":[{"__proto__":${PROTOTYPE}}]}`,
  `{"locations":{"__proto__":${PROTOTYPE}}}`,
  `{"locations":[],"__proto__":${PROTOTYPE}}`,
  `{"status":{"__proto__":${PROTOTYPE}},"scenario":{"constructor":{"prototype":${PROTOTYPE}}}}`,
  `{"\\u005f_proto__":${PROTOTYPE},"scenario":7}`,
)
const deep = fc
  .record({ depth: fc.integer({ min: 100, max: 30_000 }), closed: fc.boolean(), inside: fc.boolean() })
  .map(({ depth, closed, inside }) => {
    const brackets = '['.repeat(depth) + (closed ? ']'.repeat(depth) : '')
    return inside ? `{"locations":${brackets}}` : brackets
  })
const tooLarge = fc
  .integer({ min: MAX_BODY_BYTES, max: 3 * MAX_BODY_BYTES })
  .map((length) => `{"locations":[],"x":"${'x'.repeat(length)}"}`)

const anyText = weighted(
  [40, locations],
  [12, otherCalls],
  [12, jsonText],
  [8, polluting],
  [2, deep],
  [1, tooLarge],
)
/** As it is; or with a few bytes changed, or cut off in the middle. */
const anyBytes = weighted(
  [6, anyText.map((text) => Buffer.from(text))],
  [
    2,
    fc
      .record({
        text: anyText,
        at: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      })
      .map(({ text, at }) => {
        const bytes = Buffer.from(text)
        for (const [position, byte] of at) bytes[position % bytes.length] = byte
        return bytes
      }),
  ],
  [
    2,
    fc
      .record({ text: anyText, cut: fc.nat() })
      .map(({ text, cut }) => Buffer.from(text.slice(0, cut % text.length))),
  ],
  [1, fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes))],
)
