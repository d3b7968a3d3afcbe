import {
  type Admin,
  AssignerProtocol,
  CompressionTypes,
  ConfigResourceTypes,
  type Consumer,
  Kafka,
  type KafkaMessage,
  logLevel,
  type Producer,
} from 'kafkajs'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { startBroker } from '../support/broker.ts'
import { pollUntil } from '../support/poll-until.ts'
import { tempDir } from '../support/temp-dir.ts'

/** A stock kafkajs, set up as its documentation says, against the broker in a process of its own. */
const SOON = { withinMs: 15_000 }

function clientOf(address: string): Kafka {
  process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1'
  return new Kafka({ clientId: 'stock', brokers: [address], logLevel: logLevel.NOTHING })
}

async function connected<T extends Admin | Producer | Consumer>(client: T): Promise<T> {
  await client.connect()
  atEnd(() => client.disconnect().catch(() => {}))
  return client
}

interface Received {
  readonly partition: number
  readonly offset: number
  readonly key: string | undefined
  readonly value: string | undefined
  readonly headers: KafkaMessage['headers']
}

/**
 * A consumer that keeps what it gets. kafkajs sends its heartbeats on the connection that its long poll waits on, so
 * the default of 5 s would let every rebalance take as long; here as on any Kafka.
 */
async function consumeInto(
  kafka: Kafka,
  groupId: string,
  topic: string,
  received: Received[],
): Promise<Consumer> {
  const consumer = await connected(kafka.consumer({ groupId, heartbeatInterval: 500, maxWaitTimeInMs: 500 }))
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      received.push({
        partition,
        offset: Number(message.offset),
        key: message.key?.toString(),
        value: message.value?.toString(),
        headers: message.headers,
      })
    },
  })
  return consumer
}

async function partitionsOf(admin: Admin, groupId: string): Promise<number[][]> {
  const { groups } = await admin.describeGroups([groupId])
  return (groups[0]?.members ?? []).map((member) => {
    const decoded = AssignerProtocol.MemberAssignment.decode(member.memberAssignment)
    return Object.values(decoded?.assignment ?? {}).flat()
  })
}

test('[CLI1] topics: created, described, grown, configured, listed, deleted, with Kafka’s errors', async () => {
  const { address } = await startBroker()
  const admin = await connected(clientOf(address).admin())
  const { brokers, controller } = await admin.describeCluster()
  expect(brokers.map(({ host, port }) => `${host}:${port}`)).toEqual([address])
  expect(controller).toBe(brokers[0]?.nodeId)

  const topic = {
    topic: 'orders',
    numPartitions: 2,
    configEntries: [{ name: 'retention.ms', value: '60000' }],
  }
  expect(await admin.createTopics({ topics: [topic], validateOnly: true, waitForLeaders: false })).toBe(true)
  expect(await admin.listTopics()).toEqual([])
  expect(await admin.createTopics({ topics: [topic] })).toBe(true)
  expect(await admin.createTopics({ topics: [topic] })).toBe(false) // kafkajs for TOPIC_ALREADY_EXISTS
  const refused = async (bad: object) => {
    const error = await admin.createTopics({ topics: [{ ...topic, topic: 'bad', ...bad }] }).catch((e) => e)
    return error.errors?.[0]?.type ?? error.type
  }
  expect(await refused({ topic: 'no spaces' })).toBe('INVALID_TOPIC_EXCEPTION')
  expect(await refused({ numPartitions: 0 })).toBe('INVALID_PARTITIONS')
  expect(await refused({ replicationFactor: 3 })).toBe('INVALID_REPLICATION_FACTOR')
  expect(await refused({ configEntries: [{ name: 'retention.ms', value: 'long' }] })).toBe('INVALID_CONFIG')
  expect(await refused({ configEntries: [{ name: 'cleanup.policy', value: 'compact' }] })).toBe(
    'INVALID_CONFIG',
  )
  expect(await refused({ configEntries: [{ name: 'no.such', value: '1' }] })).toBe('INVALID_CONFIG')

  await admin.createPartitions({ topicPartitions: [{ topic: 'orders', count: 4 }] })
  await expect(
    admin.createPartitions({ topicPartitions: [{ topic: 'orders', count: 3 }] }),
  ).rejects.toMatchObject({
    type: 'INVALID_PARTITIONS',
  })
  const { topics } = await admin.fetchTopicMetadata({ topics: ['orders'] })
  expect(topics[0]?.partitions.map(({ partitionId }) => partitionId).sort()).toEqual([0, 1, 2, 3])

  const resource = { type: ConfigResourceTypes.TOPIC, name: 'orders' }
  const described = async (name: string) => {
    const { resources } = await admin.describeConfigs({ resources: [resource], includeSynonyms: false })
    return resources[0]?.configEntries.find((entry) => entry.configName === name)
  }
  expect(await described('retention.ms')).toMatchObject({ configValue: '60000', isDefault: false })
  expect(await described('cleanup.policy')).toMatchObject({ configValue: 'delete', isDefault: true })
  const configEntries = [{ name: 'segment.bytes', value: '1000000' }]
  await admin.alterConfigs({ validateOnly: false, resources: [{ ...resource, configEntries }] })
  expect(await described('segment.bytes')).toMatchObject({ configValue: '1000000' })
  expect(await described('retention.ms')).toMatchObject({ isDefault: true })

  await admin.deleteTopics({ topics: ['orders'] })
  expect(await admin.listTopics()).toEqual([])
  const impatient = await connected(clientOf(address).admin({ retry: { retries: 0 } }))
  await expect(impatient.deleteTopics({ topics: ['orders'] })).rejects.toThrow(
    'does not host this topic-partition',
  )
})

test('[CLI2] plain, gzip and idempotent sends arrive in the order of their key, with headers', async () => {
  const { address } = await startBroker()
  const kafka = clientOf(address)
  const admin = await connected(kafka.admin())
  await admin.createTopics({ topics: [{ topic: 'locations', numPartitions: 6 }] })
  const plain = await connected(kafka.producer())
  const idempotent = await connected(kafka.producer({ idempotent: true, maxInFlightRequests: 1 }))
  for (let i = 0; i < 30; i++) {
    const messages = ['a', 'b', 'c'].map((key) => ({ key, value: `${key}${i}`, headers: { n: String(i) } }))
    const compression = i % 3 === 1 ? CompressionTypes.GZIP : CompressionTypes.None
    await (i % 3 === 2 ? idempotent : plain).send({ topic: 'locations', acks: -1, compression, messages })
  }
  await plain.send({
    topic: 'locations',
    acks: 0,
    messages: [{ key: 'a', value: 'a30', headers: { n: '30' } }],
  })
  await plain.send({ topic: 'locations', acks: 1, messages: [{ key: 'a', value: null }] })

  const received: Received[] = []
  await consumeInto(kafka, 'readers', 'locations', received)
  await pollUntil(() => received.length >= 92, { ...SOON, what: 'all messages' })
  for (const key of ['a', 'b', 'c']) {
    const ofKey = received.filter((message) => message.key === key)
    expect(new Set(ofKey.map(({ partition }) => partition)).size).toBe(1)
    const sent = Array.from({ length: key === 'a' ? 31 : 30 }, (_, i) => `${key}${i}`)
    expect(ofKey.map(({ value }) => value)).toEqual(key === 'a' ? [...sent, undefined] : sent)
    expect(ofKey[7]?.headers?.n?.toString()).toBe('7')
  }
})

test('[CLI3] one group shares the partitions and rebalances; another group gets everything', async () => {
  const { address } = await startBroker()
  const kafka = clientOf(address)
  const admin = await connected(kafka.admin())
  await admin.createTopics({ topics: [{ topic: 't', numPartitions: 6 }] })
  const producer = await connected(kafka.producer())
  const send = (count: number, prefix: string) =>
    producer.send({
      topic: 't',
      messages: Array.from({ length: count }, (_, i) => ({ key: String(i), value: `${prefix}${i}` })),
    })

  const one: Received[] = []
  const two: Received[] = []
  const other: Received[] = []
  await consumeInto(kafka, 'shared', 't', one)
  await consumeInto(kafka, 'other', 't', other)
  await pollUntil(async () => (await partitionsOf(admin, 'shared')).flat().length === 6, {
    ...SOON,
    what: 'a share',
  })
  await send(60, 'first')
  await pollUntil(() => one.length === 60 && other.length === 60, { ...SOON, what: 'the first messages' })

  const second = await consumeInto(kafka, 'shared', 't', two)
  await pollUntil(
    async () => {
      const shares = await partitionsOf(admin, 'shared')
      return shares.length === 2 && shares.every((share) => share.length === 3)
    },
    { ...SOON, what: 'three partitions each' },
  )
  await send(60, 'second')
  await pollUntil(() => one.length + two.length >= 120 && other.length === 120, {
    ...SOON,
    what: 'the second messages',
  })
  expect(two.length).toBeGreaterThan(0)
  const all = [...one, ...two].map(({ value }) => value)
  expect(new Set(all).size).toBe(120)

  await second.disconnect()
  await pollUntil(async () => (await partitionsOf(admin, 'shared'))[0]?.length === 6, {
    ...SOON,
    what: 'all back',
  })
  const { groups } = await admin.listGroups()
  expect(groups.map(({ groupId, protocolType }) => `${groupId} ${protocolType}`).sort()).toEqual([
    'other consumer',
    'shared consumer',
  ])
  await expect(admin.deleteGroups(['shared'])).rejects.toMatchObject({
    groups: [{ groupId: 'shared', errorCode: 68 }], // NON_EMPTY_GROUP
  })
})

test('[CLI4] after a restart of the broker, data, offsets and a group at work go on', async () => {
  const dataDir = tempDir()
  const first = await startBroker({ dataDir })
  const kafka = clientOf(first.address)
  const admin = await connected(kafka.admin())
  await admin.createTopics({ topics: [{ topic: 't', numPartitions: 2 }] })
  const producer = await connected(kafka.producer())
  const messages = (prefix: string) => [0, 1, 2, 3].map((i) => ({ key: String(i), value: `${prefix}${i}` }))
  await producer.send({ topic: 't', messages: messages('before') })

  const committed: Received[] = []
  const consumer = await consumeInto(kafka, 'g', 't', committed)
  await pollUntil(() => committed.length === 4, { ...SOON, what: 'the first messages' })
  await consumer.disconnect()
  const lag = async () => {
    const [offsets] = await admin.fetchOffsets({ groupId: 'g', topics: ['t'] })
    const ends = await admin.fetchTopicOffsets('t')
    return ends.reduce((sum, end) => {
      const at = offsets?.partitions.find(({ partition }) => partition === end.partition)
      return sum + Number(end.offset) - Math.max(0, Number(at?.offset))
    }, 0)
  }
  expect(await lag()).toBe(0)
  const working: Received[] = []
  await consumeInto(kafka, 'at-work', 't', working)
  await pollUntil(() => working.length === 4, { ...SOON, what: 'the group at work' })

  expect(await first.stop()).toBe(0)
  const second = await startBroker({ dataDir, env: { KAFKA_PORT: String(first.port) } })
  expect(second.address).toBe(first.address)
  await pollUntil(() => producer.send({ topic: 't', messages: messages('after') }), {
    ...SOON,
    what: 'a send',
  })
  expect(await lag()).toBe(4)
  await pollUntil(() => working.filter(({ value }) => value?.startsWith('after')).length >= 4, {
    withinMs: 25_000,
    what: 'the group at work to find its way back',
  })
  const resumed: Received[] = []
  await consumeInto(kafka, 'g', 't', resumed)
  await pollUntil(() => resumed.length === 4, { ...SOON, what: 'the rest' })
  expect(resumed.map(({ value }) => value).sort()).toEqual(['after0', 'after1', 'after2', 'after3'])
  expect(resumed.every(({ offset }) => offset >= 1)).toBe(true)
})

test('[CLI5] offsets are set, reset by time and deleted with their group; records are deleted', async () => {
  const { address } = await startBroker()
  const kafka = clientOf(address)
  const admin = await connected(kafka.admin())
  await admin.createTopics({ topics: [{ topic: 't', numPartitions: 1 }] })
  const producer = await connected(kafka.producer())
  for (let i = 0; i < 10; i++) {
    await producer.send({
      topic: 't',
      messages: [{ value: String(i), timestamp: String(1_700_000_000_000 + i) }],
    })
  }
  expect(await admin.fetchTopicOffsetsByTimestamp('t', 1_700_000_000_004)).toEqual([
    { partition: 0, offset: '4' },
  ])
  await admin.setOffsets({ groupId: 'g', topic: 't', partitions: [{ partition: 0, offset: '4' }] })
  const [offsets] = await admin.fetchOffsets({ groupId: 'g', topics: ['t'] })
  expect(offsets?.partitions).toEqual([{ partition: 0, offset: '4', metadata: null }])
  const received: Received[] = []
  const consumer = await consumeInto(kafka, 'g', 't', received)
  await pollUntil(() => received.length === 6, { ...SOON, what: 'the rest' })
  expect(received[0]?.offset).toBe(4)
  await consumer.disconnect()

  await admin.deleteTopicRecords({ topic: 't', partitions: [{ partition: 0, offset: '7' }] })
  expect(await admin.fetchTopicOffsets('t')).toEqual([{ partition: 0, offset: '10', high: '10', low: '7' }])
  expect(await admin.deleteGroups(['g'])).toMatchObject([{ groupId: 'g', errorCode: 0 }])
  expect((await admin.fetchOffsets({ groupId: 'g' })).flatMap(({ partitions }) => partitions)).toEqual([])
  await expect(admin.deleteGroups(['g'])).rejects.toMatchObject({ groups: [{ errorCode: 69 }] }) // GROUP_ID_NOT_FOUND
  expect((await admin.describeGroups(['g'])).groups[0]?.state).toBe('Dead')

  // A group whose next record retention took away starts again where the topic says.
  const again: Received[] = []
  await admin.setOffsets({ groupId: 'late', topic: 't', partitions: [{ partition: 0, offset: '2' }] })
  await consumeInto(kafka, 'late', 't', again)
  await pollUntil(() => again.length === 3, { ...SOON, what: 'what is left' })
  expect(again.map(({ offset }) => offset)).toEqual([7, 8, 9])
})

test('[CLI6] topics come to be on demand, or not when the client or the broker says so', async () => {
  const willing = clientOf((await startBroker()).address)
  const producer = await connected(willing.producer())
  await producer.send({ topic: 'new', messages: [{ value: 'x' }] })
  const admin = await connected(willing.admin())
  expect((await admin.fetchTopicOffsets('new')).length).toBe(6)
  const unwilling = await connected(
    willing.producer({ allowAutoTopicCreation: false, retry: { retries: 0 } }),
  )
  await expect(unwilling.send({ topic: 'other', messages: [{ value: 'x' }] })).rejects.toThrow()
  expect(await admin.listTopics()).toEqual(['new'])

  const strict = clientOf((await startBroker({ env: { KAFKA_AUTO_CREATE_TOPICS: 'false' } })).address)
  const refused = await connected(strict.producer({ retry: { retries: 0 } }))
  await expect(refused.send({ topic: 'new', messages: [{ value: 'x' }] })).rejects.toThrow()
})
