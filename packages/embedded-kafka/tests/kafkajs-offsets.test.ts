import { expect, test } from 'vitest'
import { startBroker } from '../../../tests/support/broker.ts'
import { pollUntil } from '../../../tests/support/poll-until.ts'
import { clientOf, connected, consumeInto, type Received, SOON } from './support/stock-kafkajs.ts'

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
