import { randomBytes } from 'node:crypto'
import { type Kafka, Partitioners } from 'kafkajs'

export type RunningProducer = {
  name: string
  idempotent: boolean
  /** The numbers that the broker acknowledged, in order. */
  acknowledged: number[]
  stop(): Promise<void>
}

const PADDING_BYTES = 300

/**
 * Sends `name:1`, `name:2`… one after the other, acks=all. A send is repeated by kafkajs itself for as long as it
 * takes, so an idempotent producer repeats under the same sequence number, and a plain one may store twice.
 */
export async function startProducer(
  kafka: Kafka,
  { name, topic, idempotent }: { name: string; topic: string; idempotent: boolean },
): Promise<RunningProducer> {
  const producer = kafka.producer({
    idempotent,
    ...(idempotent ? { maxInFlightRequests: 1 } : {}),
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { initialRetryTime: 50, maxRetryTime: 300, retries: 200 },
  })
  await producer.connect()
  const acknowledged: number[] = []
  const padding = randomBytes(PADDING_BYTES).toString('base64')
  let stopping = false
  const run = async () => {
    for (let number = 1; !stopping; number += 1) {
      const messages = [{ key: `${name}-${number % 7}`, value: `${name}:${number}:${padding}` }]
      await producer.send({ topic, acks: -1, messages })
      acknowledged.push(number)
    }
  }
  const running = run()
  return {
    name,
    idempotent,
    acknowledged,
    async stop() {
      stopping = true
      await running
      await producer.disconnect()
    },
  }
}
