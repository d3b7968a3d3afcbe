import { randomUUID } from 'node:crypto'
import type { Kafka } from 'kafkajs'
import { pollUntil } from '../../support/poll-until.ts'

export type StoredMessage = { partition: number; offset: number; producer: string; number: number }

/** Everything in the topic, by a fresh group from the beginning to the ends of now. */
export async function readAll(kafka: Kafka, topic: string): Promise<StoredMessage[]> {
  const admin = kafka.admin()
  await admin.connect()
  const ends = await admin.fetchTopicOffsets(topic)
  await admin.disconnect()
  const expected = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0)

  const consumer = kafka.consumer({ groupId: `reader-${randomUUID()}` })
  const stored: StoredMessage[] = []
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    eachBatchAutoResolve: true,
    eachBatch: async ({ batch }) => {
      for (const { offset, value } of batch.messages) {
        const [producer = '', number] = (value?.toString() ?? '').split(':')
        stored.push({ partition: batch.partition, offset: Number(offset), producer, number: Number(number) })
      }
    },
  })
  await pollUntil(() => stored.length >= expected, { withinMs: 300_000, what: `${expected} messages read` })
  await consumer.disconnect()
  return stored
}
