import { parseArgs } from 'node:util'
import { runTeardowns } from '../tests/support/at-end.ts'
import { measureComeAndGo } from './affine/come-and-go.ts'
import { measurePassingOn } from './affine/passing-on.ts'
import { measureReading } from './affine/reading.ts'
import { createResults, keptSeries, type Line } from './support/results.ts'

/**
 * What an event costs an instance that has none of its customers, with PUSH=affine beside broadcast; what a post costs the
 * instance that passes it on; and what customers miss while instances that read by demand come and go.
 * `npm run bench -- affine [--only reading,passing,coming] [--rate 10000] [--rides 1000]`
 */
const { values } = parseArgs({
  options: { only: { type: 'string' }, rate: { type: 'string' }, rides: { type: 'string' } },
})
const PARTS = ['reading', 'passing', 'coming'] as const
const wanted = values.only?.split(',') ?? PARTS
const [ROUNDS, SECONDS, EVERY_MS] = [3, 8, 5_000]
// Parts that are measured alone join what was kept of the others.
const results = createResults('affine', values.only ? { onto: keptSeries('affine') } : {})
const parts: Record<(typeof PARTS)[number], () => Promise<void>> = {
  reading: () => measureReading({ rounds: ROUNDS, perSecond: Number(values.rate ?? 10_000) }, results),
  passing: () => measurePassingOn({ rounds: ROUNDS, seconds: SECONDS }, results),
  coming: () => measureComeAndGo({ rides: Number(values.rides ?? 1_000), everyMs: EVERY_MS }, results),
}
for (const part of PARTS.filter((each) => wanted.includes(each))) {
  try {
    await parts[part]()
  } finally {
    await runTeardowns()
  }
}
results.report(lines())

function lines(): Line[] {
  return [
    {
      ...{ what: 'an event none of whose customers is here, beside broadcast', unit: 'µs' },
      ...{ ours: 'affine/read', floor: 'broadcast/read', most: 0.02 },
    },
    {
      ...{ what: 'an instance that rests beside that load, each second, beside broadcast', unit: 'µs' },
      ...{ ours: 'affine/idle', floor: 'broadcast/idle' },
    },
    { what: 'a post passed on to the instance that has the delivery', unit: 'µs', ours: 'hop' },
    { what: 'points acknowledged while one is killed and one comes', unit: '', ours: 'acknowledged' },
    { what: 'of them, not at their customer in the end', unit: '', ours: 'lost', most: 0 },
    { what: 'stored or pushed twice', unit: '', ours: 'duplicated', most: 0 },
    { what: 'the longest silence of a customer before', unit: 's', ours: 'silence/before' },
    { what: 'and when one was killed', unit: 's', ours: 'silence/killed' },
    { what: 'and until another one had its share', unit: 's', ours: 'silence/all' },
    { what: 'after the kill everybody had a new point within', unit: 's', ours: 'recovered' },
    { what: 'calls passed on for each point', unit: '', ours: 'sentOn' },
  ]
}
