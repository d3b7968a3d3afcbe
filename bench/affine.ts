import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startFaultProxy } from '../tests/faults/support/fault-proxy.ts'
import { runTeardowns } from '../tests/support/at-end.ts'
import { startBundledBroker } from '../tests/support/bundled-broker.ts'
import { pollUntil } from '../tests/support/poll-until.ts'
import { readMetric } from '../tests/support/read-metric.ts'
import { measureComeAndGo } from './affine/come-and-go.ts'
import { measurePassingOn } from './affine/passing-on.ts'
import type { Publisher } from './load/publisher.ts'
import { productSide } from './push/fan.ts'
import { ownCpuSecondsOf } from './support/cpu.ts'
import { historyAtTheEnd, startProduct } from './support/product.ts'
import { createResults, keptSeries, type Line } from './support/results.ts'
import { seedDeliveries } from './support/seed-deliveries.ts'
import { startWorker } from './support/worker.ts'

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
const [ROUNDS, SECONDS, EVERY_MS, DELIVERIES] = [3, 8, 5_000, 200]
const UNREAD_WITHIN_MS = 90_000
// Parts that are measured alone join what was kept of the others.
const results = createResults('affine', values.only ? { onto: keptSeries('affine') } : {})
const parts: Record<(typeof PARTS)[number], () => Promise<void>> = {
  reading: measureReading,
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

async function measureReading(): Promise<void> {
  const sides = []
  for (const push of ['broadcast', 'affine'] as const) {
    const { address } = await startBundledBroker()
    const database = await startFaultProxy()
    const env = { PUSH: push, TRUSTED_PROXIES: '127.0.0.1' }
    const product = await startProduct(address, { database, env })
    const publisher = await startWorker<Publisher>('load/publisher', [address])
    const deliveries = await seedDeliveries(product, DELIVERIES)
    sides.push({ push, product, side: productSide(product, publisher), deliveries, database })
  }
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const { push, product, side, deliveries, database } of sides) {
      // What was asked for at the seeding is read for a minute.
      const reads = () => readMetric(product.url, 'rider_live_partitions', 'state="read"')
      await pollUntil(async () => (await reads()) === 0, {
        ...{ withinMs: UNREAD_WITHIN_MS, what: 'nothing read any more' },
      })
      const cpuUs = () => ownCpuSecondsOf(product.pid) * 1e6
      // Storing is shared by all instances, and no part of reading: without its database the history waits.
      database.down()
      await side.drive(deliveries, { perSecond: 1_000, seconds: 1 }, '')
      const resting = cpuUs()
      await delay(SECONDS * 1_000)
      const idleUs = (cpuUs() - resting) / SECONDS
      const [before, started] = [cpuUs(), performance.now()]
      const events = await side.drive(
        deliveries,
        { perSecond: Number(values.rate ?? 10_000), seconds: SECONDS },
        '',
      )
      // The last of them are still on their way.
      await delay(1_000)
      const idle = (idleUs * (performance.now() - started)) / 1_000
      results.note(`${push}/idle`, idleUs)
      results.note(`${push}/read`, (cpuUs() - before - idle) / events)
      database.pass()
      await historyAtTheEnd(product)
      console.log(`${push}: ${results.last(`${push}/read`).toFixed(2)} µs an event`)
    }
  }
}

function lines(): Line[] {
  return [
    {
      ...{ what: 'an event none of whose customers is here, beside broadcast', unit: 'µs' },
      ...{ ours: 'affine/read', floor: 'broadcast/read', most: 0.02 },
    },
    {
      ...{ what: 'an instance with nothing to do, each second, beside broadcast', unit: 'µs' },
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
