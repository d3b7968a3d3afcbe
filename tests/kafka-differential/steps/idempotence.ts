import type { Session, Step } from '../support/session.ts'

type Batch = { sequence: number; values?: string[]; epoch?: number; producer?: string; partition?: number }

/** A batch as an idempotent producer sends it. */
const produce = (
  { broker, named, recall }: Session,
  { sequence, values = ['a', 'b'], epoch, producer, partition = 0 }: Batch,
) =>
  broker.produce({
    producerId: producer ?? recall('producer id'),
    producerEpoch: epoch ?? 0,
    topicData: [
      {
        topic: named('idempotent'),
        partitions: [
          {
            partition,
            firstSequence: sequence,
            messages: values.map((value) => ({ value, timestamp: Date.now(), headers: {} })),
          },
        ],
      },
    ],
  })

export const idempotenceSteps: Step[] = [
  [
    'get a producer id',
    async (s) => {
      await s.broker.createTopics({ topics: [{ topic: s.named('idempotent'), numPartitions: 2 }] })
      await s.usable(s.named('idempotent'), 2)
      const { producerId, producerEpoch } = await s.broker.initProducerId({ transactionTimeout: 30_000 })
      s.remember('producer id', producerId)
      return { producerEpoch }
    },
  ],
  ['idempotent: the first batch', (s) => produce(s, { sequence: 0 })],
  ['idempotent: the next batch', (s) => produce(s, { sequence: 2 })],
  ['idempotent: the last batch again', (s) => produce(s, { sequence: 2 })],
  ['idempotent: the first batch again', (s) => produce(s, { sequence: 0 })],
  ['idempotent: a gap in the sequence', (s) => produce(s, { sequence: 10 })],
  ['idempotent: a part of a batch again', (s) => produce(s, { sequence: 2, values: ['a'] })],
  ['idempotent: each partition counts for itself', (s) => produce(s, { sequence: 0, partition: 1 })],
  [
    'idempotent: a batch too old to be remembered',
    async (s) => {
      for (let i = 0; i < 6; i++) await produce(s, { sequence: 4 + 2 * i })
      return await produce(s, { sequence: 0 })
    },
  ],
  ['idempotent: a newer epoch begins anew', (s) => produce(s, { sequence: 0, epoch: 1 })],
  ['idempotent: the older epoch is refused', (s) => produce(s, { sequence: 16, epoch: 0 })],
  ['idempotent: a newer epoch not from its beginning', (s) => produce(s, { sequence: 5, epoch: 2 })],
  [
    'idempotent: an unknown producer not from its beginning',
    (s) => produce(s, { sequence: 5, producer: '999999' }),
  ],
  [
    'idempotent: nothing was stored twice',
    async ({ admin, named }) =>
      (await admin.fetchTopicOffsets(named('idempotent'))).sort((a, b) => a.partition - b.partition),
  ],
  [
    'idempotent: kafkajs’ own idempotent producer',
    async ({ kafka, named, admin }) => {
      const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
      await producer.connect()
      try {
        for (let i = 0; i < 3; i++)
          await producer.send({ topic: named('idempotent'), messages: [{ partition: 1, value: `${i}` }] })
      } finally {
        await producer.disconnect()
      }
      return (await admin.fetchTopicOffsets(named('idempotent'))).sort((a, b) => a.partition - b.partition)
    },
  ],
]
