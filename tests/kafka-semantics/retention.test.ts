import { ConfigResourceTypes } from 'kafkajs'
import { beforeEach, expect, test } from 'vitest'
import { pollUntil } from '../support/poll-until.ts'
import { newGroup, newTopic, openAdmin, openProducer, SOON } from './support/client.ts'
import { Instance } from './support/consume.ts'
import { logEnds } from './support/log-ends.ts'

const LOOKS_OFTEN_MS = 5_000
const HOUR_MS = 3_600_000
const READ = 0
const NOT_READ = 1

// The broker looks for what has had its time only now and then; one not set up for tests, every five minutes.
beforeEach(async ({ skip }) => {
  const admin = await openAdmin()
  const { brokers } = await admin.describeCluster()
  const name = 'log.retention.check.interval.ms'
  const resource = { type: ConfigResourceTypes.BROKER, name: `${brokers[0]?.nodeId}`, configNames: [name] }
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [resource] })
  const everyMs = Number(resources[0]?.configEntries[0]?.configValue)
  if (!(everyMs <= LOOKS_OFTEN_MS)) skip(`this broker looks at retention only every ${everyMs} ms`)
})

test('[SEM20] a message stays until its retention time ends, read or not; then it goes, read or not', async () => {
  const topic = await newTopic({ partitions: 2, configs: { 'retention.ms': `${HOUR_MS}` } })
  const producer = await openProducer()
  const sentAt = Date.now()
  const messages = [READ, NOT_READ].map((partition) => ({ value: 'stays for a while', partition }))
  await producer.send({ topic, messages })

  const groupId = newGroup()
  const reader = await Instance.start({ topic, groupId })
  reader.consumer.pause([{ topic, partitions: [NOT_READ] }])
  await reader.has(1)
  await reader.stop()
  // Read and committed by one group, and still there for the next.
  const another = await Instance.start({ topic, groupId: newGroup() })
  await another.has(2)
  await another.stop()
  expect(await logEnds(topic)).toEqual({ low: [0, 0], high: [1, 1] })

  // Its time ends soon, but not before it was read, however long that takes on a busy machine.
  const retentionMs = Date.now() - sentAt + 3_000
  const admin = await openAdmin()
  await admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: ConfigResourceTypes.TOPIC,
        name: topic,
        configEntries: [{ name: 'retention.ms', value: `${retentionMs}` }],
      },
    ],
  })
  const goneAt = async (partition: number) => {
    await pollUntil(async () => (await logEnds(topic)).low[partition] === 1, {
      ...SOON,
      what: `the message in partition ${partition} to go`,
    })
    return Date.now()
  }
  const both = await Promise.all([goneAt(READ), goneAt(NOT_READ)])
  for (const at of both) expect(at - sentAt).toBeGreaterThanOrEqual(retentionMs)
  expect((await logEnds(topic)).high).toEqual([1, 1])
  await producer.send({ topic, messages: [{ value: 'next', partition: READ }] })
  expect((await logEnds(topic)).high).toEqual([2, 1])
})

test('[SEM21] retention by size deletes the oldest segments whole, never a part of one, read or not', async () => {
  // Three messages fill a segment. Apache Kafka 4 allows none below 1 MiB.
  const configs = { 'segment.bytes': `${1024 * 1024}`, 'retention.bytes': '1500000' }
  const topic = await newTopic({ partitions: 2, configs })
  const producer = await openProducer()
  for (let i = 0; i < 12; i++) {
    const messages = [READ, NOT_READ].map((partition) => ({ value: 'x'.repeat(330_000), partition }))
    await producer.send({ topic, messages })
  }
  // 12 messages are 3.96 MB: without the third segment it would be less than the limit.
  await pollUntil(async () => (await logEnds(topic)).low.every((low) => low === 6), {
    ...SOON,
    what: 'two segments of each partition to go',
  })
  const reader = await Instance.start({ topic, groupId: newGroup() })
  await reader.has(12)
  const inPartition = (partition: number) =>
    reader.received.filter((each) => each.partition === partition).map(({ offset }) => offset)
  expect(inPartition(READ)).toEqual([6, 7, 8, 9, 10, 11])
  expect(inPartition(NOT_READ)).toEqual([6, 7, 8, 9, 10, 11])
  expect((await logEnds(topic)).low).toEqual([6, 6])
})
