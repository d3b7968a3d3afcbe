import { expect, test } from 'vitest'
import { newGroup, newTopic, openProducer } from './support/client.ts'
import { Instance } from './support/consume.ts'

const deliveries = Array.from({ length: 20 }, (_, i) => `delivery-${i}`)
const PER_DELIVERY = 10

test('[SEM6] messages with the same key are in one partition, and read in the order they were sent', async () => {
  const topic = await newTopic({ partitions: 6 })
  const producer = await openProducer()
  // Interleaved, as riders post: each round one message of every delivery.
  for (let seq = 0; seq < PER_DELIVERY; seq++) {
    await producer.send({ topic, messages: deliveries.map((key) => ({ key, value: String(seq) })) })
  }
  const { received, ...reader } = await read(topic, deliveries.length * PER_DELIVERY)
  const inOrder = Array.from({ length: PER_DELIVERY }, (_, seq) => String(seq))
  for (const delivery of deliveries) {
    const ofDelivery = received.filter(({ key }) => key === delivery)
    expect(new Set(ofDelivery.map(({ partition }) => partition)).size).toBe(1)
    expect(ofDelivery.map(({ value }) => value)).toEqual(inOrder)
  }
  expect(reader.partitionsUsed).toBeGreaterThan(1)
})

test('[SEM7] another producer sends the same key to the same partition', async () => {
  const topic = await newTopic({ partitions: 6 })
  for (const value of ['from one', 'from another']) {
    const producer = await openProducer()
    await producer.send({ topic, messages: deliveries.map((key) => ({ key, value })) })
  }
  const { received } = await read(topic, deliveries.length * 2)
  for (const delivery of deliveries) {
    const [one, another] = received.filter(({ key }) => key === delivery)
    expect([one?.value, another?.value]).toEqual(['from one', 'from another'])
    expect(one?.partition).toBe(another?.partition)
  }
})

async function read(topic: string, count: number) {
  const reader = await Instance.start({ topic, groupId: newGroup() })
  await reader.has(count)
  const partitionsUsed = new Set(reader.received.map(({ partition }) => partition)).size
  return { received: reader.received, partitionsUsed }
}
