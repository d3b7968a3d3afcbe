import { startFaultProxy } from '../../tests/faults/support/fault-proxy.ts'
import { startApp } from '../../tests/support/app.ts'
import { startBundledBroker } from '../../tests/support/bundled-broker.ts'
import { pollUntil } from '../../tests/support/poll-until.ts'
import { readMetric } from '../../tests/support/read-metric.ts'
import type { Poster } from '../load/poster.ts'
import { ownCpuSecondsOf } from '../support/cpu.ts'
import {
  DISPATCH_TOKEN,
  FROM_ONE_MACHINE,
  historyAtTheEnd,
  startProduct,
  TOKEN_SECRET,
} from '../support/product.ts'
import type { Results } from '../support/results.ts'
import { type Seeded, seedDeliveries } from '../support/seed-deliveries.ts'
import { startWorker } from '../support/worker.ts'

const AFFINE = { PUSH: 'affine', INSTANCE_HOST: '127.0.0.1', TRUSTED_PROXIES: '127.0.0.1' }
const DELIVERIES = 100
const AT_ONCE = 50

/** What a post costs the instance that passes it on to the one that has the delivery. Its history is kept waiting. */
export async function measurePassingOn(
  { rounds, seconds }: { rounds: number; seconds: number },
  results: Results,
): Promise<void> {
  const { address } = await startBundledBroker()
  const database = await startFaultProxy()
  const product = await startProduct(address, { database, env: AFFINE })
  await startApp({
    env: {
      ...FROM_ONE_MACHINE,
      ...AFFINE,
      ...{
        DEMO: '0',
        TOKEN_SECRET,
        DISPATCH_TOKEN,
        KAFKA_BROKERS: address,
        DATABASE_URL: product.databaseUrl,
      },
    },
  })
  await pollUntil(
    async () => (await readMetric(product.url, 'rider_live_partitions', 'state="placed"')) === 3,
    {
      withinMs: 60_000,
      what: 'half of the partitions with each',
    },
  )
  const elsewhere: Seeded[] = []
  const passedOn = () => readMetric(product.url, 'rider_live_calls_sent_on_total')
  for (const delivery of await seedDeliveries(product, DELIVERIES)) {
    const before = await passedOn()
    await fetch(`${product.url}/api/deliveries/${delivery.id}`, {
      headers: { authorization: `Bearer ${delivery.riderToken}` },
    })
    if ((await passedOn()) > before) elsewhere.push(delivery)
  }
  const poster = await startWorker<Poster>('load/poster')
  await poster.call('riders', elsewhere)
  const post = (forSeconds: number) =>
    poster.call('closed', { port: product.port, atOnce: AT_ONCE, seconds: forSeconds })
  await post(seconds)
  for (let round = 1; round <= rounds; round += 1) {
    database.down()
    const before = ownCpuSecondsOf(product.pid)
    const { posts } = await post(seconds)
    results.note('hop', ((ownCpuSecondsOf(product.pid) - before) * 1e6) / posts)
    database.pass()
    await historyAtTheEnd(product)
  }
}
