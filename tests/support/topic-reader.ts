import { randomUUID } from 'node:crypto'
import { Kafka, type KafkaMessage, logLevel } from 'kafkajs'
import { atEnd } from './at-end.ts'
import { checkRecord, MADE_BY_TEST } from './contracts/check-record.ts'
import { notAsTold } from './contracts/not-as-told.ts'

export type ReadRecord = { topic: string; partition: number; message: KafkaMessage }

/** A stock kafkajs client beside the app: reads whole topics from the beginning, in a group of its own. */
export async function readTopics(
  broker: string,
  topics: string[],
): Promise<{ records: ReadRecord[]; kafka: Kafka }> {
  const kafka = new Kafka({ clientId: 'onlooker', brokers: [broker], logLevel: logLevel.NOTHING })
  const consumer = kafka.consumer({ groupId: `onlooker-${randomUUID()}` })
  const records: ReadRecord[] = []
  await consumer.connect()
  atEnd(() => consumer.disconnect())
  await consumer.subscribe({ topics, fromBeginning: true })
  await consumer.run({
    eachMessage: async (record) => {
      records.push(record)
      const { topic, message } = record
      const fault = message.headers?.[MADE_BY_TEST] ? null : checkRecord(topic, message)
      if (fault !== null) notAsTold.push(`${topic} ${message.value}: ${fault}`)
    },
  })
  return { records, kafka }
}
