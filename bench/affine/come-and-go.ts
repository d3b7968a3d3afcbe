import { startTraffic } from '../../tests/faults/support/traffic.ts'
import { type RunningApp, startApp } from '../../tests/support/app.ts'
import { atEnd } from '../../tests/support/at-end.ts'
import { startBundledBroker } from '../../tests/support/bundled-broker.ts'
import { pollUntil } from '../../tests/support/poll-until.ts'
import { freshDatabase, startPostgres } from '../../tests/support/postgres.ts'
import { readMetric } from '../../tests/support/read-metric.ts'
import { FROM_ONE_MACHINE } from '../support/product.ts'
import type { Results } from '../support/results.ts'

const INSTANCES = 3
const SETTLED_WITHIN_MS = 300_000

/**
 * Instances that read by demand, riders who post to any of them and customers who go where they are told. One instance is
 * killed, and later another one comes. Notes what was lost or came twice, and how long a customer heard nothing.
 */
export async function measureComeAndGo(
  { rides, everyMs }: { rides: number; everyMs: number },
  results: Results,
): Promise<void> {
  const broker = await startBundledBroker()
  const postgres = await startPostgres()
  atEnd(postgres.stop)
  const { url } = await freshDatabase(postgres.url)
  const start = () =>
    startApp({
      env: {
        ...FROM_ONE_MACHINE,
        ...{ KAFKA_BROKERS: broker.address, DATABASE_URL: url, TRUSTED_PROXIES: '127.0.0.1' },
        ...{ PUSH: 'affine', INSTANCE_HOST: '127.0.0.1', TOKEN_SECRET: 'the same for all of them' },
      },
    })
  const apps: RunningApp[] = []
  for (let i = 0; i < INSTANCES; i += 1) apps.push(await start())
  const urls = () => apps.map((app) => app.url)
  const sum = async (name: string) =>
    (await Promise.all(urls().map((each) => readMetric(each, name)))).reduce((all, each) => all + each, 0)
  const traffic = await startTraffic({
    ...{ urls, rides, everyMs, followersEach: 1 },
    reach: (at) => ({ url: `http://${at}`, path: '/socket.io' }),
  })
  const inPlace = () =>
    pollUntil(
      async () =>
        (await sum('rider_live_customers_connected')) === rides &&
        (await sum('rider_live_customers_astray')) === 0,
      { withinMs: SETTLED_WITHIN_MS, what: 'every customer where the delivery is' },
    )
  const silence = () => Math.max(...traffic.followers.map((each) => each.longestSilenceMs())) / 1_000
  await inPlace()
  await traffic.flows(2 * rides)
  results.note('silence/before', silence())

  await apps.splice(1, 1)[0]?.kill9()
  results.note('recovered', (await traffic.recovered(SETTLED_WITHIN_MS)) / 1_000)
  results.note('silence/killed', silence())
  apps.push(await start())
  await inPlace()
  results.note('back', (await traffic.recovered(SETTLED_WITHIN_MS)) / 1_000)
  results.note('silence/all', silence())
  results.note('sentOn', (await sum('rider_live_calls_sent_on_total')) / traffic.acknowledged())
  const settled = await traffic.settle()
  for (const name of ['acknowledged', 'delivered', 'lost', 'duplicated'] as const)
    results.note(name, settled[name])
}
