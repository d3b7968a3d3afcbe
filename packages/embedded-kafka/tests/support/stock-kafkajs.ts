import { type Admin, type Consumer, Kafka, type KafkaMessage, logLevel, type Producer } from 'kafkajs'
import { atEnd } from '../../../../tests/support/at-end.ts'

/** How long whatever a client waits for may take here. */
export const SOON = { withinMs: 30_000 }

/** A stock kafkajs, set up as its documentation says, against the broker in a process of its own. */
export function clientOf(address: string): Kafka {
  process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1'
  return new Kafka({ clientId: 'stock', brokers: [address], logLevel: logLevel.NOTHING })
}

export async function connected<T extends Admin | Producer | Consumer>(client: T): Promise<T> {
  await client.connect()
  atEnd(() => client.disconnect().catch(() => {}))
  return client
}

export interface Received {
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
export async function consumeInto(
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
