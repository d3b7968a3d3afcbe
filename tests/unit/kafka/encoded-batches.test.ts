import fc from 'fast-check'
import { type Message, Partitioners, type ProducerBatch } from 'kafkajs'
import produceRequest from 'kafkajs/src/protocol/requests/produce/index.js'
import { afterEach, expect, it, vi } from 'vitest'
import { createEncodedBatches } from '#server/kafka/encoded-batches.ts'

const TOPIC = 'points'
const produce = produceRequest as unknown as {
  protocol(of: { version: number }): (options: object) => {
    request: { encode(): Promise<{ buffer: Buffer }> }
  }
}

/** What kafkajs makes of a batch on its way: its own partitioner, its own grouping, and the request of this version. */
async function requestOf(messages: readonly Message[], count: number, version = 7): Promise<Buffer> {
  const choose = Partitioners.DefaultPartitioner()
  const grouped = new Map<number, Message[]>()
  for (const message of messages) {
    const partition = choose({ topic: TOPIC, partitionMetadata: metadataOf(count), message })
    grouped.set(partition, [...(grouped.get(partition) ?? []), message])
  }
  const partitions = [...grouped]
    .sort(([a], [b]) => a - b)
    .map(([partition, its]) => ({ partition, messages: its }))
  const options = { acks: -1, timeout: 30_000, topicData: [{ topic: TOPIC, partitions }] }
  return (await produce.protocol({ version })(options).request.encode()).buffer
}

const metadataOf = (count: number) =>
  Array.from({ length: count }, (_, partitionId) => ({
    ...{ partitionId, leader: 1, partitionErrorCode: 0, replicas: [1], isr: [1] },
  }))

/** The same batch, after `encodingSend`. */
async function ours(messages: Message[], count: number): Promise<readonly Message[]> {
  const { createPartitioner, encodingSend } = createEncodedBatches()
  const choose = createPartitioner()
  let sent: ProducerBatch | undefined
  const producer = encodingSend({
    async sendBatch(batch) {
      sent = batch
      for (const { topic, messages } of batch.topicMessages ?? [])
        for (const message of messages) choose({ topic, partitionMetadata: metadataOf(count), message })
      return []
    },
  })
  const topicMessages = [{ topic: TOPIC, messages }]
  // The first one tells how many partitions there are.
  await producer.sendBatch({ acks: -1, topicMessages })
  expect(sent?.topicMessages?.[0]?.messages).toBe(messages)
  await producer.sendBatch({ acks: -1, topicMessages })
  return sent?.topicMessages?.[0]?.messages ?? []
}

afterEach(() => void vi.useRealTimers())

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: 80 }),
  fc.constantFrom('', '강남역 2번 출구', 'x'.repeat(63), 'x'.repeat(64), 'x'.repeat(8_192), '\u007f\u0080'),
)
const bytes = fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each))
const message = fc.record({
  key: text,
  value: fc.oneof(text, bytes, fc.constant(null)),
  headers: fc.dictionary(text, fc.oneof(text, bytes, fc.array(text, { minLength: 1, maxLength: 3 })), {
    maxKeys: 5,
  }),
})

it('[PATH11] a produce request is byte for byte what kafkajs itself would send', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 90 }),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(3, 5, 7),
      async (messages, count, version) => {
        const carriers = await ours(messages, count)
        expect(carriers.length).toBeLessThanOrEqual(count)
        expect(
          (await requestOf(carriers, count, version)).equals(await requestOf(messages, count, version)),
        ).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})

it('[PATH11] a message without a key, or with bytes for one, is left to kafkajs, in the same request', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const keyed = { key: 'a delivery', value: '1' }
  const others = [
    { key: Buffer.from('a delivery'), value: '2' },
    { partition: 2, key: null, value: '3' },
  ]
  const carriers = await ours([keyed, ...others], 3)
  expect(carriers).toHaveLength(3)
  expect(carriers.slice(1)).toEqual(others)
  expect(await requestOf(carriers, 3)).toEqual(await requestOf([keyed, ...others], 3))
})

it('[PATH11] a topic that was created anew with fewer partitions refuses a batch once, and loses nothing', async () => {
  const { createPartitioner, encodingSend } = createEncodedBatches()
  const choose = createPartitioner()
  let count = 6
  const producer = encodingSend({
    async sendBatch({ topicMessages = [] }) {
      for (const { topic, messages } of topicMessages)
        for (const each of messages) choose({ topic, partitionMetadata: metadataOf(count), message: each })
      return []
    },
  })
  const messages = Array.from({ length: 50 }, (_, i) => ({ key: `delivery ${i}`, value: '1' }))
  const send = () => producer.sendBatch({ topicMessages: [{ topic: TOPIC, messages }] })
  await send()
  await send()
  count = 2
  await expect(send()).rejects.toThrow('has 2 partitions only')
  await send()
})
