import { Kafka, logLevel } from 'kafkajs'
import pino from 'pino'
import { beforeAll, expect, test } from 'vitest'
import { TOPIC } from '#contracts/topics.ts'
import type { TopicCopies } from '#server/config.ts'
import { withAdmin } from '#server/inside/log/with-admin.ts'
import { ensureTopics } from '#server/kafka/ensure-topics.ts'
import { createNames } from '#server/kafka/names.ts'
import { startTraffic, type Traffic, UNLIMITED } from '../faults/support/traffic.ts'
import { createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { freshDatabase, startPostgres } from '../support/postgres.ts'
import { type KafkaCluster, NODES, startKafkaCluster } from './support/kafka-cluster.ts'
import { watchElection } from './support/watch-election.ts'

const PREFIX = 'cluster.'
const RIDES = { rides: 5, followersEach: 1, everyMs: 200 }

let kafka: KafkaCluster | { skipped: string }
let apps: RunningApp[]
let settings: Record<string, string>

beforeAll(async () => {
  kafka = await startKafkaCluster()
  if ('skipped' in kafka) {
    console.warn(`\n*** Tests on three brokers are SKIPPED: ${kafka.skipped} ***\n`)
    return
  }
  const postgres = await startPostgres()
  atEnd(postgres.stop)
  settings = {
    KAFKA_BROKERS: kafka.addresses,
    KAFKA_PREFIX: PREFIX,
    DATABASE_URL: (await freshDatabase(postgres.url)).url,
    TOKEN_SECRET: 'the same for all instances, so that links open on each',
    ...UNLIMITED,
  }
  apps = await Promise.all(
    ['one', 'two'].map((INSTANCE_ID) => startApp({ env: { ...settings, INSTANCE_ID } })),
  )
}, 5 * 60_000)

test('[CLUS1] on three brokers everything is on three and acknowledged by two, as compose.yaml has it', async ({
  skip,
}) => {
  if ('skipped' in kafka) return skip(kafka.skipped)
  const partitions = await kafka.partitions()
  expect(partitions.map(({ topic }) => topic)).toContain('__consumer_offsets')
  expect(partitions.filter(({ copies }) => copies !== NODES.length)).toEqual([])
  for (const topic of [PREFIX + TOPIC.locationUpdated, '__consumer_offsets'])
    expect(await kafka.setting(topic, 'min.insync.replicas')).toBe('2')
})

test('[CLUS2] the broker that leads the cluster, and a share of the partitions, is killed under load: nothing is lost or doubled, posts are refused in words until others lead, and it comes back', async ({
  skip,
}) => {
  if ('skipped' in kafka) return skip(kafka.skipped)
  const traffic = await startTraffic({ urls: () => apps.map(({ url }) => url), ...RIDES })
  await traffic.flows(100)
  const victim = kafka.controller()
  const led = (await kafka.partitions()).filter(({ leader }) => leader === victim)
  expect(led.map(({ topic }) => topic)).toContain(PREFIX + TOPIC.locationUpdated)
  const election = watchElection(kafka, victim, traffic)
  await kafka.kill9(victim)
  await election.over()
  const recoveredInMs = await traffic.recovered()
  console.log(`CLUS2: broker ${victim} killed: ${JSON.stringify({ ...election.figures(), recoveredInMs })}`)
  await kafka.startAgain(victim)
  await settled(traffic)
})

test('[CLUS3] with two brokers down posts are refused in words and nothing acknowledged is lost; it goes on when they are back', async ({
  skip,
}) => {
  if ('skipped' in kafka) return skip(kafka.skipped)
  const api = createApi(apps[0]?.url as string)
  const created = await api.createPickedUp()
  const traffic = await startTraffic({ urls: () => apps.map(({ url }) => url), ...RIDES })
  await traffic.flows(100)
  const [first, second] = NODES
  await Promise.all([kafka.kill9(first), kafka.kill9(second)])
  const refused = await api.postLocations(created, [fixAt(created, 1)])
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
  await expectProblem(refused, 503, 'log_unavailable')
  await kafka.startAgain(first, second)
  console.log(`CLUS3: both back: ${JSON.stringify({ recoveredInMs: await traffic.recovered() })}`)
  await settled(traffic)
})

test('[CLUS4] new topics have as many copies as the settings ask for; too many for the brokers end the start in words', async ({
  skip,
}) => {
  if ('skipped' in kafka) return skip(kafka.skipped)
  const kafkajs = new Kafka({ brokers: kafka.addresses.split(','), logLevel: logLevel.NOTHING })
  const make = (prefix: string, copies: TopicCopies) =>
    withAdmin(kafkajs, (admin) => ensureTopics(admin, createNames(prefix), copies, pino({ level: 'silent' })))
  await make('two.', { replicationFactor: 2, minInsyncReplicas: 1 })
  const made = (await kafka.partitions()).filter(({ topic }) => topic.startsWith('two.'))
  expect(new Set(made.map(({ copies }) => copies))).toEqual(new Set([2]))
  for (const { topic } of made) expect(await kafka.setting(topic, 'min.insync.replicas')).toBe('1')
  await expect(make('four.', { replicationFactor: 4, minInsyncReplicas: undefined })).rejects.toThrow(
    'Kafka has too few brokers for KAFKA_REPLICATION_FACTOR=4. Wait for all of them, or ask for fewer copies.',
  )
})

/** `settle` fails by itself when something acknowledged is lost or doubled. */
async function settled(traffic: Traffic): Promise<void> {
  console.log(JSON.stringify({ ...(await traffic.settle()), answers: answersOf(traffic) }))
  for (const ride of traffic.rides) expect(ride.withoutRetryAfter()).toBe(0)
  expect(Object.keys(answersOf(traffic)).filter((status) => !['202', '503'].includes(status))).toEqual([])
}

function answersOf({ rides }: Traffic): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const { answers } of rides)
    for (const [status, count] of answers) sum[status] = (sum[status] ?? 0) + count
  return sum
}
