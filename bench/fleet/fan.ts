import { setTimeout as delay } from 'node:timers/promises'
import { pollUntil } from '../../tests/support/poll-until.ts'
import type { Listener } from '../load/listener.ts'
import type { Publisher } from '../load/publisher.ts'
import { ownCpuSecondsOf } from '../support/cpu.ts'
import { memoryOf } from '../support/memory.ts'
import type { Product } from '../support/product.ts'
import type { Results } from '../support/results.ts'
import { seedDeliveries } from '../support/seed-deliveries.ts'
import { startWorker } from '../support/worker.ts'

export const CUSTOMERS_EACH = 12
export const RATES = [500, 1_000, 1_500, 2_000, 2_500]
/** Beyond it the queue only grows. */
const GIVE_UP_MS = 2_000
const ASKED_EVERY_MS = 10_000

/** While nothing is to be done but to ask the customers whether they are there, which is done every 10 s. */
async function cpuUsEachSecond(pid: number): Promise<number> {
  const before = ownCpuSecondsOf(pid)
  await delay(ASKED_EVERY_MS)
  return ((ownCpuSecondsOf(pid) - before) * 1e6) / (ASKED_EVERY_MS / 1_000)
}

/**
 * The shape of Kafkorama's benchmark, divided to this machine: so many records a second, each to twelve customers; how
 * old a record is when it comes. Notes p99 at each rate, and the highest that keeps to `mostMs`.
 */
export async function measureRecords(
  product: Product,
  broker: string,
  { deliveries, seconds, mostMs }: { deliveries: number; seconds: number; mostMs: number },
  results: Results,
): Promise<void> {
  const publisher = await startWorker<Publisher>('load/publisher', [broker])
  const listeners = [
    await startWorker<Listener>('load/listener'),
    await startWorker<Listener>('load/listener'),
  ]
  const riders = await seedDeliveries(product, deliveries)
  const idleBefore = await cpuUsEachSecond(product.pid)
  const { rssMb: before } = memoryOf(product.pid)
  await Promise.all(
    listeners.map((listener, i) => {
      const own = riders.filter((_, n) => n % listeners.length === i)
      const visitors = own.flatMap(({ customerToken }) =>
        Array.from({ length: CUSTOMERS_EACH }, () => ({ token: customerToken })),
      )
      return listener.call('connect', { port: product.port, dialect: 'socket.io', visitors })
    }),
  )
  const customers = deliveries * CUSTOMERS_EACH
  results.note('customer/kb', ((memoryOf(product.pid).rssMb - before) * 1_024) / customers)
  results.note('customer/idle', ((await cpuUsEachSecond(product.pid)) - idleBefore) / customers)
  const push = async (perSecond: number, forSeconds: number) => {
    for (const listener of listeners) await listener.call('ages')
    const records = await publisher.call('toProduct', { riders, perSecond, seconds: forSeconds })
    let came = 0
    await pollUntil(
      async () => {
        for (const listener of listeners) came += (await listener.call('heard')).deliveries
        return came >= records * CUSTOMERS_EACH
      },
      { withinMs: 60_000, what: `${records} records at ${CUSTOMERS_EACH} customers each` },
    )
    const ages = await Promise.all(listeners.map((listener) => listener.call('ages')))
    return {
      p50Ms: Math.max(...ages.map(({ p50Ms }) => p50Ms)),
      p99Ms: Math.max(...ages.map(({ p99Ms }) => p99Ms)),
    }
  }
  // Warm: each delivery is looked up once.
  await push(RATES[0] as number, Math.max(2, (2 * deliveries) / (RATES[0] as number)))
  let furthest = 0
  for (const perSecond of RATES) {
    const { p50Ms, p99Ms } = await push(perSecond, seconds)
    results.note(`records/${perSecond}/p50`, p50Ms)
    results.note(`records/${perSecond}/p99`, p99Ms)
    console.log(`${perSecond} records/s × ${CUSTOMERS_EACH}: p50 ${p50Ms} ms, p99 ${p99Ms} ms`)
    if (p99Ms <= mostMs) furthest = perSecond
    if (p99Ms > GIVE_UP_MS) break
  }
  results.note('records/furthest', furthest)
  for (const worker of [publisher, ...listeners]) await worker.stop()
}
