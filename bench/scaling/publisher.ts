import { randomUUID } from 'node:crypto'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { HEADER, type LocationEvent, TOPIC } from '#contracts/topics.ts'
import { atEnd } from '../../tests/support/at-end.ts'
import { nextFix, type Rider } from './riders.ts'

const PER_SEND = 200

/** Puts points into the topic as other instances would, faster than two cores could take them by HTTP. */
export async function startPublisher(broker: string) {
  const kafka = new Kafka({ clientId: 'bench', brokers: [broker], logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  atEnd(() => producer.disconnect())

  return async (riders: Rider[], count: number): Promise<void> => {
    for (let sent = 0; sent < count; sent += PER_SEND) {
      const messages = Array.from({ length: Math.min(PER_SEND, count - sent) }, (_, i) =>
        toMessage(riders[(sent + i) % riders.length] as Rider),
      )
      await producer.send({ topic: TOPIC.locationUpdated, acks: -1, messages })
    }
  }
}

function toMessage(rider: Rider) {
  const { id } = rider.created.delivery
  const receivedAtMs = Date.now()
  const event: LocationEvent = {
    v: 1,
    riderId: randomUUID(),
    ...nextFix(rider),
    deliveryId: id,
    receivedAtMs,
  }
  return {
    key: id,
    value: JSON.stringify(event),
    headers: {
      [HEADER.requestId]: randomUUID(),
      [HEADER.traceparent]: `00-${'0'.repeat(31)}1-${'0'.repeat(15)}1-00`,
      [HEADER.receivedAtMs]: String(receivedAtMs),
      [HEADER.publishedAtMs]: String(receivedAtMs),
    },
  }
}
