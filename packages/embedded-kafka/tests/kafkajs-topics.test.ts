import { ConfigResourceTypes } from 'kafkajs'
import { expect, test } from 'vitest'
import { startBroker } from '../../../tests/support/broker.ts'
import { clientOf, connected } from './support/stock-kafkajs.ts'

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
