import { setTimeout as delay } from 'node:timers/promises'
import { startFaultProxy } from '../../tests/faults/support/fault-proxy.ts'
import { startBundledBroker } from '../../tests/support/bundled-broker.ts'
import { pollUntil } from '../../tests/support/poll-until.ts'
import { readMetric } from '../../tests/support/read-metric.ts'
import type { Publisher } from '../load/publisher.ts'
import { productSide } from '../push/fan.ts'
import { ownCpuSecondsOf } from '../support/cpu.ts'
import { percentile } from '../support/percentile.ts'
import { historyAtTheEnd, startProduct } from '../support/product.ts'
import type { Results } from '../support/results.ts'
import { seedDeliveries } from '../support/seed-deliveries.ts'
import { startWorker } from '../support/worker.ts'

const [PAIRS, SLICE_SECONDS, DELIVERIES] = [6, 3, 200]
const UNREAD_WITHIN_MS = 90_000

/**
 * What an event costs an instance that has none of its customers, by broadcast and with PUSH=affine. The two take turns: one
 * gets events while the other rests beside the same load, and what each one uses at rest is taken off.
 */
export async function measureReading(
  { rounds, perSecond }: { rounds: number; perSecond: number },
  results: Results,
): Promise<void> {
  const sides = [await openSide('broadcast'), await openSide('affine')]
  const cpuUs = ({ product }: Side) => ownCpuSecondsOf(product.pid) * 1e6
  const pace = { perSecond, seconds: SLICE_SECONDS }
  for (let round = 1; round <= rounds; round += 1) {
    for (const { product, side, deliveries, database } of sides) {
      // What was asked for at the seeding is read for a minute.
      const reads = () => readMetric(product.url, 'rider_live_partitions', 'state="read"')
      await pollUntil(async () => (await reads()) === 0, {
        ...{ withinMs: UNREAD_WITHIN_MS, what: 'nothing read any more' },
      })
      // Storing is shared by all instances, and no part of reading: without its database the history waits.
      database.down()
      await side.drive(deliveries, { perSecond: 1_000, seconds: 1 }, '')
    }
    for (let slice = 0; slice < PAIRS; slice += 1) {
      const taken = new Map<string, { events: number; busyUs: number; idleUs: number; ms: number }>()
      for (const driven of slice % 2 === 0 ? sides : sides.toReversed()) {
        const [before, startedMs] = [sides.map(cpuUs), performance.now()]
        const events = await driven.side.drive(driven.deliveries, pace, '')
        // The last of them are still on their way.
        await delay(1_000)
        const ms = performance.now() - startedMs
        for (const [i, side] of sides.entries()) {
          const usedUs = cpuUs(side) - (before[i] as number)
          const sum = taken.get(side.push) ?? { events: 0, busyUs: 0, idleUs: 0, ms: 0 }
          taken.set(
            side.push,
            side === driven ? { ...sum, events, busyUs: usedUs, ms } : { ...sum, idleUs: usedUs / ms },
          )
        }
      }
      for (const [push, { events, busyUs, idleUs, ms }] of taken) {
        results.note(`${push}/idle`, idleUs * 1_000)
        results.note(`${push}/read`, (busyUs - idleUs * ms) / events)
      }
    }
    for (const { product, database } of sides) {
      database.pass()
      await historyAtTheEnd(product)
    }
    for (const { push } of sides)
      console.log(`${push}: ${spreadOf(results.of(`${push}/read`))} µs an event so far`)
  }
}

function spreadOf(samples: readonly number[]): string {
  const [least, middle, most] = [0, 0.5, 1].map((share) => percentile([...samples], share).toFixed(2))
  return `${middle} (${least} to ${most}, ${samples.length} pairs)`
}

type Side = Awaited<ReturnType<typeof openSide>>

async function openSide(push: 'broadcast' | 'affine') {
  const { address } = await startBundledBroker()
  const database = await startFaultProxy()
  const env = { PUSH: push, TRUSTED_PROXIES: '127.0.0.1' }
  const product = await startProduct(address, { database, env })
  const publisher = await startWorker<Publisher>('load/publisher', [address])
  const deliveries = await seedDeliveries(product, DELIVERIES)
  return { push, product, side: productSide(product, publisher), deliveries, database }
}
