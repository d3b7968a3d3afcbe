import { expect, test } from 'vitest'
import { startTraffic, type Traffic } from '../faults/support/traffic.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readMetric } from '../support/read-metric.ts'
import { connectedCustomers } from './support/connected-customers.ts'
import { type Stack, startStack } from './support/stack.ts'

const CROWD = { rides: 50, followersEach: 1, everyMs: 1_000 }
const SHARE = 2
const PATIENCE_MS = 120_000

test('[AFF1] [AFF4] [AFF5] three instances, one killed with -9 and one added under load: no point lost, none twice, and customers are where they belong', async (context) => {
  const stack = await startStack(context, { PUSH: 'affine', INSTANCE_HOST: '127.0.0.1' }, 3)
  const traffic = await startTraffic({
    ...{ urls: () => [stack.gateway.url], ...CROWD },
    reach: (at, url) => ({ url, path: `/at/${at}/socket.io` }),
  })
  await shared(stack, traffic)
  const [first] = stack.instances as [Stack['instances'][number]]
  expect(await readMetric(first.url, 'rider_live_calls_sent_on_total')).toBeGreaterThan(0)

  await stack.instances[1]?.kill9()
  const recoveredInMs = await traffic.recovered()
  await stack.startAgain(1)
  await shared(stack, traffic)
  await traffic.recovered()
  const longestSilenceMs = Math.max(...traffic.followers.map((each) => each.longestSilenceMs()))
  console.log(`AFF1: ${JSON.stringify({ ...(await traffic.settle()), recoveredInMs, longestSilenceMs })}`)
})

/** Resolves once each instance is to have its share of the partitions, and no customer is where another's are. */
async function shared({ instances }: Stack, { followers }: Traffic): Promise<void> {
  await pollUntil(
    async () => {
      const placed = await Promise.all(
        instances.map(({ url }) => readMetric(url, 'rider_live_partitions', 'state="placed"')),
      )
      if (placed.some((partitions) => partitions !== SHARE)) return false
      const strays = await Promise.all(
        instances.map(({ url }) => readMetric(url, 'rider_live_customers_astray')),
      )
      const connected = await Promise.all(instances.map(({ url }) => connectedCustomers(url)))
      const all = connected.reduce((sum, each) => sum + each, 0)
      return all === followers.length && strays.every((each) => each === 0)
    },
    { withinMs: PATIENCE_MS, what: 'every customer where the delivery is' },
  )
}
