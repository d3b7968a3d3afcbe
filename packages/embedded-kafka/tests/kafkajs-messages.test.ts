import { CompressionTypes } from 'kafkajs'
import { expect, test } from 'vitest'
import { startBroker } from '../../../tests/support/broker.ts'
import { pollUntil } from '../../../tests/support/poll-until.ts'
import { clientOf, connected, consumeInto, type Received, SOON } from './support/stock-kafkajs.ts'

test('[CLI2] plain, gzip and idempotent sends arrive in the order of their key, with headers', async () => {
  const { address } = await startBroker()
  const kafka = clientOf(address)
  const admin = await connected(kafka.admin())
  await admin.createTopics({ topics: [{ topic: 'locations', numPartitions: 6 }] })
  const plain = await connected(kafka.producer())
  const idempotent = await connected(kafka.producer({ idempotent: true, maxInFlightRequests: 1 }))
  for (let i = 0; i < 30; i++) {
    const messages = ['a', 'b', 'c'].map((key) => ({ key, value: `${key}${i}`, headers: { n: String(i) } }))
    const compression = i % 3 === 1 ? CompressionTypes.GZIP : CompressionTypes.None
    await (i % 3 === 2 ? idempotent : plain).send({ topic: 'locations', acks: -1, compression, messages })
  }
  await plain.send({
    topic: 'locations',
    acks: 0,
    messages: [{ key: 'a', value: 'a30', headers: { n: '30' } }],
  })
  await plain.send({ topic: 'locations', acks: 1, messages: [{ key: 'a', value: null }] })

  const received: Received[] = []
  await consumeInto(kafka, 'readers', 'locations', received)
  await pollUntil(() => received.length >= 92, { ...SOON, what: 'all messages' })
  for (const key of ['a', 'b', 'c']) {
    const ofKey = received.filter((message) => message.key === key)
    expect(new Set(ofKey.map(({ partition }) => partition)).size).toBe(1)
    const sent = Array.from({ length: key === 'a' ? 31 : 30 }, (_, i) => `${key}${i}`)
    expect(ofKey.map(({ value }) => value)).toEqual(key === 'a' ? [...sent, undefined] : sent)
    expect(ofKey[7]?.headers?.n?.toString()).toBe('7')
  }
})
