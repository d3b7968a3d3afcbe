import { createRequire } from 'node:module'
import { type Consumer, type Kafka, Partitioners, type Producer } from 'kafkajs'
import { pino } from 'pino'
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { createKafkaClient } from '#server/kafka/client.ts'
import { atEnd } from '../support/at-end.ts'
import { type BundledBroker, startBundledBroker } from '../support/bundled-broker.ts'
import { pollUntil } from '../support/poll-until.ts'
import { tempDir } from '../support/temp-dir.ts'

type Asked = { topic: string; partitions: { partition: number; fetchOffset: string }[] }[]

// What kafkajs itself loads.
const require = createRequire(import.meta.url)
const Broker = require('kafkajs/src/broker')
const ConsumerGroup = require('kafkajs/src/consumer/consumerGroup')

const PARTITIONS = { bikes: 3, vans: 2 }
const dataDir = tempDir()

let broker: BundledBroker
let kafka: Kafka
let producer: Producer

beforeAll(async () => {
  broker = await startBundledBroker({ dataDir })
  kafka = createKafkaClient(
    { brokers: [broker.address], ssl: false, sasl: null, prefix: '' },
    { clientId: 'repeats' },
    pino({ level: 'silent' }),
  )
  const admin = kafka.admin()
  await admin.createTopics({
    topics: Object.entries(PARTITIONS).map(([topic, numPartitions]) => ({ topic, numPartitions })),
  })
  await admin.disconnect()
  producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  atEnd(() => producer.disconnect())
})

/** What was asked of the broker, in order, each as `topic/partition@offset`; and how often kafkajs has found out what to ask. */
function watchFetches() {
  const asked: string[][] = []
  const { fetch } = Broker.prototype
  const fetching = vi.spyOn(Broker.prototype, 'fetch').mockImplementation(function (this: unknown, options) {
    const { topics } = options as { topics: Asked }
    const places = topics.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, fetchOffset }) => `${topic}/${partition}@${fetchOffset}`),
    )
    asked.push(places.sort())
    return fetch.call(this, options)
  })
  const finding = vi.spyOn(ConsumerGroup.prototype, 'filterPartitionsByNode')
  onTestFinished(() => {
    fetching.mockRestore()
    finding.mockRestore()
  })
  return { asked, foundOut: () => finding.mock.calls.length }
}

async function read(groupId: string): Promise<{ consumer: Consumer; values: string[]; crashes: unknown[] }> {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, rebalanceTimeout: 5_000 })
  const [values, crashes]: [string[], unknown[]] = [[], []]
  consumer.on(consumer.events.CRASH, ({ payload }) => crashes.push(payload.error))
  await consumer.connect()
  // Before the next test, which counts the fetches of its own.
  onTestFinished(() => consumer.disconnect())
  await consumer.subscribe({ topics: Object.keys(PARTITIONS), fromBeginning: false })
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ message }) => void values.push(String(message.value)),
  })
  return { consumer, values, crashes }
}

const publish = (topic: string, partition: number, value: string) =>
  producer.send({ topic, messages: [{ partition, value }] })

const until = (what: string, look: () => unknown) => pollUntil(look, { withinMs: 30_000, what })

/** What the last of three more fetches asks for: by then whatever was under way is done. */
async function settled(watched: ReturnType<typeof watchFetches>): Promise<string[]> {
  const from = watched.asked.length
  await until('three more fetches', () => watched.asked.length >= from + 3)
  return watched.asked.at(-1) ?? []
}

it('[PATH17] one fetch after the other asks for what comes next in all partitions, and kafkajs need not find that out', async () => {
  const watched = watchFetches()
  const { values } = await read('steady')
  const [bike0 = '', bike1 = '', ...others] = await settled(watched)
  expect([bike0, bike1, ...others].map((each) => each.split('@')[0])).toEqual([
    'bikes/0',
    'bikes/1',
    'bikes/2',
    'vans/0',
    'vans/1',
  ])
  const before = watched.foundOut()
  for (let i = 1; i <= 20; i += 1) await publish('bikes', i % 2, String(i))
  await until('all of them', () => values.length === 20)
  const now = await settled(watched)
  const tenMore = (place: string) => place.replace(/\d+$/, (offset) => String(Number(offset) + 10))
  expect(now).toEqual([tenMore(bike0), tenMore(bike1), ...others])
  expect(values.toSorted((a, b) => Number(a) - Number(b))).toEqual(
    Array.from({ length: 20 }, (_, i) => String(i + 1)),
  )
  expect(watched.foundOut()).toBe(before)
})

it('[PATH17] what was sought is asked for next, and then what follows it', async () => {
  const watched = watchFetches()
  const { consumer, values } = await read('seeking')
  const at = (await settled(watched)).find((place) => place.startsWith('vans/1@')) as string
  for (const value of ['a', 'b', 'c']) await publish('vans', 1, value)
  await until('three', () => values.length === 3)
  consumer.seek({ topic: 'vans', partition: 1, offset: String(Number(at.split('@')[1]) + 1) })
  await until('two of them again', () => values.length === 5)
  expect(values).toEqual(['a', 'b', 'c', 'b', 'c'])
})

it('[PATH17] a partition that is paused is not asked for until it is resumed, and then from where it was', async () => {
  const watched = watchFetches()
  const { consumer, values } = await read('pausing')
  const place = (await settled(watched)).find((each) => each.startsWith('bikes/2@')) as string
  consumer.pause([{ topic: 'bikes', partitions: [2] }])
  await until('a fetch without it', () => !watched.asked.at(-1)?.some((each) => each.startsWith('bikes/2@')))
  await publish('bikes', 2, 'waits')
  await publish('bikes', 0, 'comes')
  await until('the other one', () => values.length === 1)
  expect((await settled(watched)).some((each) => each.startsWith('bikes/2@'))).toBe(false)
  consumer.resume([{ topic: 'bikes', partitions: [2] }])
  await until(
    'a fetch with it',
    () => watched.asked.some((each, i) => i > 0 && each.includes(place)) && values.length === 2,
  )
  expect(values).toEqual(['comes', 'waits'])
})

it('[PATH17] a second member takes its share: each record comes once', async () => {
  const watched = watchFetches()
  const first = await read('shared')
  await settled(watched)
  const second = await read('shared')
  await until('a fetch of a share', () => watched.asked.at(-1)?.length !== 5)
  for (const [i, partition] of [0, 1, 2].entries()) await publish('bikes', partition, `both ${i}`)
  await until('three', () => first.values.length + second.values.length === 3)
  expect([...first.values, ...second.values].sort()).toEqual(['both 0', 'both 1', 'both 2'])
  expect(first.values.length).toBeLessThan(3)
})

it('[PATH17] a broker that was killed is read on from where it was, once it is back', async () => {
  const watched = watchFetches()
  const { values, crashes } = await read('failing')
  await settled(watched)
  await publish('vans', 0, 'before')
  await until('the one before', () => values.length === 1)
  await broker.kill9()
  broker = await startBundledBroker({ dataDir, port: broker.port })
  await until(
    'a record that is taken',
    async () =>
      await publish('vans', 0, 'after').then(
        () => true,
        () => false,
      ),
  )
  await until('the one after', () => values.includes('after'))
  expect(values.filter((value) => value === 'before')).toEqual(['before'])
  expect(crashes).toEqual([])
  const before = watched.foundOut()
  await settled(watched)
  expect(watched.foundOut()).toBe(before)
})
