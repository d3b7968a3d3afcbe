import { expect, test } from 'vitest'
import { newTopic, openAdmin, openProducer } from './support/client.ts'
import { logEnds } from './support/log-ends.ts'

test('[SEM28] a topic can get more partitions, never fewer', async () => {
  const topic = await newTopic({ partitions: 2 })
  const admin = await openAdmin()
  await expect(admin.createPartitions({ topicPartitions: [{ topic, count: 1 }] })).rejects.toMatchObject({
    type: 'INVALID_PARTITIONS',
  })
  expect((await logEnds(topic)).high).toEqual([0, 0])
})

test('[SEM29] a message from the far future is refused: it would outlive every retention time', async () => {
  const topic = await newTopic()
  const producer = await openProducer()
  const send = (aheadMs: number) =>
    producer.send({ topic, messages: [{ value: 'x', timestamp: String(Date.now() + aheadMs) }] })
  await expect(send(2 * 3_600_000)).rejects.toMatchObject({ type: 'INVALID_TIMESTAMP' })
  await send(60_000) // clocks differ a little
  expect((await logEnds(topic)).high).toEqual([1])
})

test('[SEM30] two topics cannot have names that differ in . and _ only', async () => {
  const topic = await newTopic()
  const admin = await openAdmin()
  const creating = (name: string) => admin.createTopics({ waitForLeaders: false, topics: [{ topic: name }] })
  await creating(`${topic}.a`)
  await expect(creating(`${topic}_a`)).rejects.toMatchObject({
    errors: [{ type: 'INVALID_TOPIC_EXCEPTION' }],
  })
  await admin.deleteTopics({ topics: [`${topic}.a`] })
})
