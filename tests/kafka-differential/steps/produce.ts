import { CompressionTypes } from 'kafkajs'
import type { RawMessage } from '../support/kafkajs-broker.ts'
import type { Session, Step } from '../support/session.ts'

const AN_HOUR_AGO = Date.now() - 3_600_000
const message = (value: string): RawMessage => ({ value, timestamp: AN_HOUR_AGO, headers: {} })

const produce = (
  { broker, named }: Session,
  topic: string,
  partition: number,
  more: { acks?: number; values?: string[]; timestamp?: number; transactionalId?: string } = {},
) => {
  const { values = ['x'], timestamp = AN_HOUR_AGO, ...request } = more
  const messages = values.map((value) => ({ ...message(value), timestamp }))
  return broker.produce({
    topicData: [{ topic: named(topic), partitions: [{ partition, messages }] }],
    ...request,
  })
}

export const produceSteps: Step[] = [
  [
    'send a message with key, value and headers',
    ({ producer, named }) =>
      producer.send({
        topic: named('main'),
        messages: [
          {
            partition: 0,
            key: 'delivery-1',
            value: '{"seq":1}',
            headers: { 'request-id': 'r-1', hops: ['1', '2'] },
          },
        ],
      }),
  ],
  [
    'send messages with empty and with null keys and values',
    ({ producer, named }) =>
      producer.send({
        topic: named('main'),
        messages: [
          { partition: 0, key: null, value: 'no key' },
          { partition: 0, key: '', value: '' },
          { partition: 0, key: 'tombstone', value: null },
        ],
      }),
  ],
  [
    'send binary key, value and headers',
    ({ producer, named }) => {
      const bytes = Buffer.from([0, 255, 128, 10])
      return producer.send({
        topic: named('main'),
        messages: [{ partition: 0, key: bytes, value: bytes, headers: { binary: bytes, empty: '' } }],
      })
    },
  ],
  [
    'send a batch compressed with gzip',
    ({ producer, named }) =>
      producer.send({
        topic: named('main'),
        compression: CompressionTypes.GZIP,
        messages: Array.from({ length: 5 }, (_, i) => ({ partition: 0, key: 'zip', value: `zipped ${i}` })),
      }),
  ],
  [
    'send with acks=1',
    ({ producer, named }) =>
      producer.send({ topic: named('main'), acks: 1, messages: [{ partition: 1, value: 'one ack' }] }),
  ],
  [
    'send with acks=0',
    async ({ producer, named, admin }) => {
      const answer = await producer.send({
        topic: named('main'),
        acks: 0,
        messages: [{ partition: 1, value: 'no ack' }],
      })
      return { answer, partitions: (await admin.fetchTopicOffsets(named('main'))).length }
    },
  ],
  ['produce with acks=2', (s) => produce(s, 'main', 1, { acks: 2 })],
  [
    'produce to several partitions at once',
    ({ producer, named }) =>
      producer
        .send({
          topic: named('main'),
          messages: [0, 1, 2].map((partition) => ({ partition, value: `to ${partition}` })),
        })
        .then((results) => results.sort((a, b) => a.partition - b.partition)),
  ],
  ['produce to an unknown partition', (s) => produce(s, 'main', 99)],
  ['produce to partition -1', (s) => produce(s, 'main', -1)],
  ['produce to an unknown topic', (s) => produce(s, 'unknown', 0)],
  [
    'produce to an impossible topic',
    ({ broker }) =>
      broker.produce({
        topicData: [{ topic: 'no spaces', partitions: [{ partition: 0, messages: [message('x')] }] }],
      }),
  ],
  ['produce a message over 1 MB', (s) => produce(s, 'main', 2, { values: ['x'.repeat(1_100_000)] })],
  [
    'produce a batch over 1 MB of small messages',
    (s) => produce(s, 'main', 2, { values: Array.from({ length: 60 }, () => 'x'.repeat(20_000)) }),
  ],
  [
    'produce over the topic’s own max.message.bytes',
    async (s) => {
      await s.broker.createTopics({
        topics: [
          {
            topic: s.named('small'),
            numPartitions: 1,
            configEntries: [{ name: 'max.message.bytes', value: '1000' }],
          },
        ],
      })
      await s.usable(s.named('small'), 1)
      return await produce(s, 'small', 0, { values: ['x'.repeat(2_000)] })
    },
  ],
  [
    'produce what only compression brings below max.message.bytes',
    ({ producer, named }) =>
      producer.send({
        topic: named('small'),
        compression: CompressionTypes.GZIP,
        messages: [{ value: 'x'.repeat(2_000) }],
      }),
  ],
  ['produce an empty batch', (s) => produce(s, 'main', 2, { values: [] })],
  [
    'produce a message from two hours in the future',
    (s) => produce(s, 'main', 2, { timestamp: Date.now() + 7_200_000 }),
  ],
  ['produce a message from the year 2001', (s) => produce(s, 'main', 2, { timestamp: 1_000_000_000_000 })],
  ['produce in a transaction that was not begun', (s) => produce(s, 'a.b', 0, { transactionalId: 'none' })],
  [
    'send to a topic that is not there yet: it is created',
    async ({ producer, named, admin }) => {
      const result = await producer.send({ topic: named('on-demand'), messages: [{ value: 'first' }] })
      return { result, offsets: await admin.fetchTopicOffsets(named('on-demand')) }
    },
  ],
]
