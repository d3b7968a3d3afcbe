import { Kafka, logLevel } from 'kafkajs'
import { expect } from 'vitest'
import { deadLetterTopic, HEADER, PARTITIONS, TOPIC, type Topic } from '#contracts/topics.ts'
import { startApp } from '../../support/app.ts'
import { atEnd } from '../../support/at-end.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { readTopics } from '../../support/topic-reader.ts'
import { faultRow } from '../support/fault-row.ts'
import { watchHistory } from '../support/history-offsets.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'

/** With its frame, as large as a broker takes a batch by default (1,048,588 bytes): nothing can be added to it. */
const AS_LARGE_AS_CAN_BE = 1_048_588 - 120

const POISONS: { key: Buffer | string | null; value: Buffer | string | null }[] = [
  { key: 'garbage', value: Buffer.from([0xff, 0x00, 0xfe, 0x80, 0x7b]) },
  { key: 'no JSON', value: '{"v":1,"deliveryId":' },
  { key: 'other shapes', value: '[]' },
  { key: 'other shapes', value: 'null' },
  { key: 'wrong types', value: JSON.stringify({ v: 1, deliveryId: 7, seq: 'one', lat: null, lng: {} }) },
  { key: 'another version', value: JSON.stringify({ v: 2, deliveryId: 'd', seq: 1, lat: 37.5, lng: 127 }) },
  { key: null, value: null },
  { key: Buffer.alloc(AS_LARGE_AS_CAN_BE, 'k'), value: '{' },
  { key: 'a large value', value: Buffer.alloc(AS_LARGE_AS_CAN_BE - 20, '{') },
]

faultRow(
  '[FAULT15] poison messages in the topic',
  {
    promise:
      'Each is put on the dead-letter topic once, with its origin; nobody stumbles, nothing waits behind it.',
    injected: `${POISONS.length} kinds of unusable records at each of ${PARTITIONS} partitions of both topics, among the records of 10 riders at 10 points/s each, 20 customers`,
  },
  async () => {
    const app = await startApp({ env: UNLIMITED })
    const traffic = await startTraffic({ urls: () => [app.url], rides: 10, everyMs: 100 })
    const producer = new Kafka({ brokers: [app.broker], logLevel: logLevel.NOTHING }).producer()
    await producer.connect()
    atEnd(() => producer.disconnect())
    const topics = Object.values(TOPIC)
    await traffic.flows(100)
    for (const poison of POISONS) {
      for (const topic of topics) {
        for (let partition = 0; partition < PARTITIONS; partition += 1) {
          await producer.send({ topic: app.inKafka(topic), messages: [{ partition, ...poison }] })
        }
      }
      await traffic.flows(20)
    }
    const recoveredInMs = await traffic.recovered()
    const figures = await traffic.settle()

    const offsets = await watchHistory(app)
    for (const topic of topics) {
      await pollUntil(
        async () => {
          const { committed, end } = await offsets(topic)
          return committed === end
        },
        { withinMs: 180_000, what: `everything of ${topic} read by the history` },
      )
      await expectDeadLetters(app, topic)
    }
    const seen = `${POISONS.length * topics.length * PARTITIONS} poison messages, as many dead letters; lag 0`
    return { ...figures, recoveredInMs, seen }
  },
)

async function expectDeadLetters(
  { broker, inKafka }: { broker: string; inKafka(name: string): string },
  topic: Topic,
): Promise<void> {
  const { records } = await readTopics(broker, [inKafka(deadLetterTopic(topic))])
  const expected = POISONS.length * PARTITIONS
  await pollUntil(() => records.length >= expected, { withinMs: 120_000, what: 'every dead letter' })
  const origins = records.map(({ message }) => String(message.headers?.[HEADER.origin]))
  expect(origins).toHaveLength(expected)
  expect(new Set(origins).size).toBe(expected)
  for (const origin of origins) expect(origin).toMatch(new RegExp(`^${topic}/[0-5]/\\d+$`))
}
