import { setTimeout as delay } from 'node:timers/promises'
import type { Poster } from '../load/poster.ts'
import { memoryOf } from '../support/memory.ts'
import { historyAtTheEnd, type Product } from '../support/product.ts'
import type { Results } from '../support/results.ts'
import { seedDeliveries } from '../support/seed-deliveries.ts'
import { startWorker } from '../support/worker.ts'
import { bytesInLog, bytesPerRow } from './sizes.ts'

const REST_MS = 5_000
const LOOK_EVERY_MS = 250
const GIVEN_BACK_WITHIN_MS = 45_000

/** The highest of the resident memory while something is done, MB. */
async function watched(pid: number, work: () => Promise<void>): Promise<number> {
  let highest = 0
  const watching = setInterval(() => {
    highest = Math.max(highest, memoryOf(pid).rssMb)
  }, LOOK_EVERY_MS)
  await work().finally(() => clearInterval(watching))
  return highest
}

async function ride(
  product: Product,
  load: { riders: number; posts: number; points: number; deliver: boolean },
) {
  const { riders, ...each } = load
  const poster = await startWorker<Poster>('load/poster')
  await poster.call('riders', await seedDeliveries(product, riders))
  const refused = await poster.call('rideAll', { port: product.port, ...each })
  await poster.stop()
  await historyAtTheEnd(product)
  return refused
}

/** Deliveries that come, are posted to, and end: what they took is to be given back. */
export async function measureEnded(product: Product, deliveries: number, results: Results): Promise<void> {
  await delay(REST_MS)
  const start = memoryOf(product.pid).rssMb
  let refused = 0
  const highest = await watched(product.pid, async () => {
    refused = await ride(product, { riders: deliveries, posts: 1, points: 20, deliver: true })
  })
  // A heap is given back in its own time, and only while something goes on.
  const until = performance.now() + GIVEN_BACK_WITHIN_MS
  let end = Infinity
  while (end > start * 1.2 && performance.now() < until) {
    await delay(LOOK_EVERY_MS)
    await fetch(`${product.url}/healthz`)
    end = memoryOf(product.pid).rssMb
  }
  results.note('ended/start', start)
  results.note('ended/highest', highest)
  results.note('ended/end', end)
  results.note('ended/refused', refused)
}

/** Riders who all ride at once on this one instance. */
export async function measureRiding(
  product: Product,
  { riders, points, logDirectory }: { riders: number; points: number; logDirectory: string },
  results: Results,
): Promise<void> {
  const posts = Math.max(1, Math.round(points / 20))
  await delay(REST_MS)
  const start = memoryOf(product.pid).rssMb
  const highest = await watched(product.pid, async () => {
    results.note('riding/refused', await ride(product, { riders, posts, points: 20, deliver: false }))
    await delay(REST_MS)
  })
  results.note('riding/highest', highest)
  results.note('riding/start', start)
  results.note('riding/each', ((highest - start) * 1_024) / riders)
  results.note('recordBytes', bytesInLog(logDirectory) / (riders * posts * 20))
  results.note('rowBytes', await bytesPerRow(product.databaseUrl))
}
