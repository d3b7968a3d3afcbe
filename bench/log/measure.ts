import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { percentile } from '../support/percentile.ts'

export const MESSAGE_BYTES = 200
const PARTITIONS = 6
const PER_SEND = 200
/** Sends under way at once: a producer that waits for each answer measures the way, not the broker. */
const SENDS_AT_ONCE = 5

export type Throughput = { produceMs: number; consumeMs: number }
export type Latency = { p50Ms: number; p99Ms: number }

export const clientOf = (address: string) =>
  new Kafka({ clientId: 'bench', brokers: [address], logLevel: logLevel.NOTHING })

/** Sends `count` messages with acks=all, then reads them all with a new group. */
export async function throughput(kafka: Kafka, count: number): Promise<Throughput> {
  const topic = await createTopic(kafka)
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const value = randomBytes(MESSAGE_BYTES)
  let sent = 0
  const produceStarted = performance.now()
  await Promise.all(
    Array.from({ length: SENDS_AT_ONCE }, async () => {
      while (sent < count) {
        const size = Math.min(PER_SEND, count - sent)
        sent += size
        const messages = Array.from({ length: size }, (_, i) => ({ key: String(i), value }))
        await producer.send({ topic, acks: -1, messages })
      }
    }),
  )
  const produceMs = performance.now() - produceStarted
  await producer.disconnect()

  const consumer = kafka.consumer({ groupId: `bench-${randomUUID()}`, maxWaitTimeInMs: 100 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  let joinedAt = 0
  consumer.on(consumer.events.GROUP_JOIN, () => {
    joinedAt = performance.now()
  })
  let received = 0
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        partitionsConsumedConcurrently: PARTITIONS,
        eachBatch: async ({ batch }) => {
          received += batch.messages.length
          if (received >= count) resolve()
        },
      })
      .catch(reject)
  })
  // From the join on: how long a group takes to form is a setting, not a speed.
  const consumeMs = performance.now() - joinedAt
  await consumer.disconnect()
  return { produceMs, consumeMs }
}

/** From just before the send to the consumer's callback, at a steady pace of single messages. */
export async function latency(
  kafka: Kafka,
  { count, everyMs }: { count: number; everyMs: number },
): Promise<Latency> {
  const topic = await createTopic(kafka)
  const consumer = kafka.consumer({ groupId: `bench-${randomUUID()}`, maxWaitTimeInMs: 1_000 })
  const took: number[] = []
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    partitionsConsumedConcurrently: PARTITIONS,
    eachMessage: async ({ message }) => {
      took.push(performance.now() - Number(message.headers?.sent))
    },
  })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const value = randomBytes(MESSAGE_BYTES)
  const warmUp = Math.ceil(count / 10)
  for (let i = 0; i < count + warmUp; i += 1) {
    const next = performance.now() + everyMs
    await producer.send({
      topic,
      acks: -1,
      messages: [{ key: String(i), value, headers: { sent: String(performance.now()) } }],
    })
    await delay(Math.max(0, next - performance.now()))
  }
  const deadline = performance.now() + 10_000
  while (took.length < count + warmUp && performance.now() < deadline) await delay(20)
  if (took.length < count + warmUp) throw new Error(`only ${took.length} of ${count + warmUp} arrived`)
  await Promise.all([consumer.disconnect(), producer.disconnect()])
  const measured = took.slice(warmUp)
  return { p50Ms: percentile(measured, 0.5), p99Ms: percentile(measured, 0.99) }
}

async function createTopic(kafka: Kafka): Promise<string> {
  const topic = `bench-${randomUUID()}`
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }], waitForLeaders: true })
  await admin.disconnect()
  return topic
}
