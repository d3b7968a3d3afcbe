import { randomUUID } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'
import { PARTITIONS, TOPIC } from '#contracts/topics.ts'
import { tellCpu } from './tell-cpu.ts'

/** The floor of reading: kafkajs alone, which looks at nothing. Its one argument is the broker's address. */
const kafka = new Kafka({
  clientId: 'floor',
  brokers: [process.argv[2] as string],
  logLevel: logLevel.NOTHING,
})
const consumer = kafka.consumer({ groupId: `floor-${randomUUID()}`, maxWaitTimeInMs: 1_000 })
let read = 0
await consumer.connect()
await consumer.subscribe({ topic: TOPIC.locationUpdated, fromBeginning: true })
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: PARTITIONS,
  eachBatch: async ({ batch }) => {
    read += batch.messages.length
  },
})
tellCpu({ done: () => read })
