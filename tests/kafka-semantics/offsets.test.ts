import type { Admin } from 'kafkajs'
import { expect, test } from 'vitest'
import { newGroup, newTopic, openAdmin, openProducer } from './support/client.ts'
import { Instance } from './support/consume.ts'

const NONE = -1

async function twentyMessages({ partitions = 1 } = {}): Promise<string> {
  const topic = await newTopic({ partitions })
  const producer = await openProducer()
  const messages = Array.from({ length: 20 }, (_, i) => ({ value: `${i}`, partition: i % partitions }))
  await producer.send({ topic, messages })
  return topic
}

/** What the group has committed, by partition. */
async function committed(admin: Admin, groupId: string, topic: string): Promise<number[]> {
  const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] })
  return [...(offsets?.partitions ?? [])]
    .sort((a, b) => a.partition - b.partition)
    .map(({ offset }) => Number(offset))
}

test('[SEM14] an offset belongs to topic × partition × group: the four combinations are independent', async () => {
  const topic = await twentyMessages({ partitions: 2 })
  const otherTopic = await twentyMessages({ partitions: 2 })
  const admin = await openAdmin()
  const [groupA, groupB] = [newGroup(), newGroup()]
  const commits = { [groupA]: [3, 5], [groupB]: [7, 9] }
  for (const [groupId, offsets] of Object.entries(commits)) {
    const instance = await Instance.start({ topic, groupId, run: { autoCommit: false } })
    await instance.has(20)
    await instance.consumer.commitOffsets(
      offsets.map((offset, partition) => ({ topic, partition, offset: String(offset) })),
    )
    await instance.stop()
  }
  expect(await committed(admin, groupA, topic)).toEqual([3, 5])
  expect(await committed(admin, groupB, topic)).toEqual([7, 9])
  expect(await committed(admin, groupA, otherTopic)).toEqual([NONE, NONE])

  const reading = await Instance.start({ topic, groupId: groupB, run: { autoCommit: false } })
  await reading.has(4)
  const first = (partition: number) => reading.received.find((each) => each.partition === partition)?.offset
  expect([first(0), first(1)]).toEqual([7, 9])
  await reading.consumer.commitOffsets([{ topic, partition: 1, offset: '10' }])
  expect(await committed(admin, groupB, topic)).toEqual([7, 10])
  expect(await committed(admin, groupA, topic)).toEqual([3, 5])
})

test('[SEM15] auto commit moves the offset with the work; manual commit only when told', async () => {
  const topic = await twentyMessages()
  const admin = await openAdmin()
  const [auto, manual] = [newGroup(), newGroup()]
  const onItsOwn = await Instance.start({ topic, groupId: auto })
  const whenTold = await Instance.start({ topic, groupId: manual, run: { autoCommit: false } })
  for (const instance of [onItsOwn, whenTold]) await instance.has(20)
  await onItsOwn.stop()
  expect(await committed(admin, auto, topic)).toEqual([20])
  expect(await committed(admin, manual, topic)).toEqual([NONE])

  await whenTold.consumer.commitOffsets([{ topic, partition: 0, offset: '8' }])
  await whenTold.stop()
  expect(await committed(admin, manual, topic)).toEqual([8])
})

test('[SEM16] a group goes on where it committed, wherever it would have started when new', async () => {
  const topic = await twentyMessages()
  const groupId = newGroup()
  const before = await Instance.start({ topic, groupId, run: { autoCommit: false } })
  await before.has(20)
  await before.consumer.commitOffsets([{ topic, partition: 0, offset: '12' }])
  await before.stop()

  for (const fromBeginning of [true, false]) {
    const again = await Instance.start({ topic, groupId, fromBeginning, run: { autoCommit: false } })
    await again.has(8)
    expect(again.offsets).toEqual([12, 13, 14, 15, 16, 17, 18, 19])
    await again.stop()
  }
})
