import { setTimeout as delay } from 'node:timers/promises'
import type { Crowd } from '../load/crowd.ts'
import type { Poster } from '../load/poster.ts'
import { percentile } from '../support/percentile.ts'
import type { Product } from '../support/product.ts'
import type { Results } from '../support/results.ts'
import { seedDeliveries } from '../support/seed-deliveries.ts'
import { startWorker } from '../support/worker.ts'

const DELIVERIES = 100
const CUT_EVERY_MS = 15_000
const AWAY_MS = 2_000
const SETTLED_WITHIN_MS = 10_000

/**
 * The shape of anycable's benchmark: a message a second, and every client is cut off every 15 s or so, for two or three
 * seconds. What was missed is to come, once.
 */
export async function measureJitter(
  product: Product,
  { clients, messages }: { clients: number; messages: number },
  results: Results,
): Promise<void> {
  const deliveries = await seedDeliveries(product, DELIVERIES)
  const poster = await startWorker<Poster>('load/poster')
  await poster.call('riders', deliveries)
  const crowds = [await startWorker<Crowd>('load/crowd'), await startWorker<Crowd>('load/crowd')]
  const all = Array.from(
    { length: clients },
    (_, n) => deliveries[n % DELIVERIES] as (typeof deliveries)[number],
  )
  await Promise.all(
    crowds.map((crowd, i) => {
      const own = all.filter((_, n) => Math.floor(n / DELIVERIES) % crowds.length === i)
      const customers = own.map(({ id, customerToken }) => ({ id, token: customerToken }))
      return crowd.call('come', { port: product.port, customers })
    }),
  )
  // Each rider a point a second.
  const posting = poster.call('paced', { port: product.port, perSecond: DELIVERIES, seconds: messages })
  const how = { seconds: messages, everyMs: CUT_EVERY_MS, awayMs: AWAY_MS }
  const suffered = await Promise.all(crowds.map((crowd) => crowd.call('jitter', how)))
  const { statuses, posts } = await posting
  const acknowledged = await poster.call('acknowledged')
  const account = async () => {
    const accounts = await Promise.all(crowds.map((crowd) => crowd.call('account', acknowledged)))
    const sum = (of: 'lost' | 'twice' | 'held') => accounts.reduce((total, each) => total + each[of], 0)
    return { lost: sum('lost'), twice: sum('twice'), ought: sum('held') }
  }
  const until = performance.now() + SETTLED_WITHIN_MS
  while ((await account()).lost > 0 && performance.now() < until) await delay(500)
  const { lost, ought } = await account()
  const fetched =
    lost === 0
      ? []
      : await Promise.all(crowds.map((crowd) => crowd.call('fill', { port: product.port, acknowledged })))
  const settled = await account()
  const replayMs = suffered.flatMap((each) => each.replayMs)
  results.note('jitter/pushed', 100 * (1 - lost / ought))
  results.note('jitter/delivered', 100 * (1 - settled.lost / ought))
  results.note('jitter/twice', settled.twice)
  results.note('jitter/replay', percentile(replayMs, 0.99) / 1_000)
  results.note('jitter/refused', posts - (statuses[202] ?? 0))
  const cuts = suffered.reduce((sum, each) => sum + each.cuts, 0)
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)
  console.log(
    `${clients} clients, ${cuts} cuts: of ${ought} points ${lost} were not pushed, ${sum(fetched)} of them fetched, ${settled.lost} lost; ${JSON.stringify(statuses)}`,
  )
  for (const worker of [poster, ...crowds]) await worker.stop()
}
