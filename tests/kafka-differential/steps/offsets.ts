import type { Session, Step } from '../support/session.ts'

const T0_MS = Date.now() - 600_000

const listAt = ({ broker, named }: Session, topic: string, partition: number, timestamp: number | string) =>
  broker.listOffsets({ topics: [{ topic: named(topic), partitions: [{ partition, timestamp }] }] })

const deleteBefore = ({ broker, named }: Session, partition: number, offset: string, topic = 'timed') =>
  broker.deleteRecords({ topics: [{ topic: named(topic), partitions: [{ partition, offset }] }] })

export const offsetSteps: Step[] = [
  [
    'list the ends of a topic',
    async ({ admin, named }) =>
      (await admin.fetchTopicOffsets(named('main'))).sort((a, b) => a.partition - b.partition),
  ],
  ['list offsets: the beginning', (s) => listAt(s, 'main', 0, -2)],
  ['list offsets: the end', (s) => listAt(s, 'main', 0, -1)],
  [
    'list offsets at a time, one message a second',
    async (s) => {
      await s.broker.createTopics({ topics: [{ topic: s.named('timed'), numPartitions: 2 }] })
      await s.usable(s.named('timed'), 2)
      for (let i = 0; i < 10; i++) {
        await s.producer.send({
          topic: s.named('timed'),
          messages: [{ partition: 0, value: `${i}`, timestamp: String(T0_MS + i * 1_000) }],
        })
      }
      const at = async (offsetMs: number) =>
        (await s.admin.fetchTopicOffsetsByTimestamp(s.named('timed'), T0_MS + offsetMs)).filter(
          ({ partition }) => partition === 0,
        )
      return [await at(-1), await at(0), await at(4_000), await at(4_001), await at(9_000)]
    },
  ],
  ['list offsets at a time after all messages', (s) => listAt(s, 'timed', 0, T0_MS + 60_000)],
  ['list offsets at a time in an empty partition', (s) => listAt(s, 'timed', 1, T0_MS)],
  [
    'list offsets at a time, where messages are not in the order of their times',
    async (s) => {
      const timestamps = [30_000, 10_000, 20_000].map((offsetMs) => String(T0_MS + offsetMs))
      await s.producer.send({
        topic: s.named('timed'),
        messages: timestamps.map((timestamp) => ({ partition: 1, value: 'x', timestamp })),
      })
      return [await listAt(s, 'timed', 1, T0_MS + 15_000), await listAt(s, 'timed', 1, T0_MS + 25_000)]
    },
  ],
  ['list offsets with the special time -3', (s) => listAt(s, 'main', 0, -3)],
  [
    'commit the largest offset that there can be, and see it',
    async ({ admin, broker, named }) => {
      const topic = named('main')
      const [groupId, offset] = [named('largest'), '9223372036854775807']
      await broker.offsetCommit({
        ...{ groupId, groupGenerationId: -1, memberId: '' },
        topics: [{ topic, partitions: [{ partition: 0, offset }] }],
      })
      return await admin.fetchOffsets({ groupId, topics: [topic] })
    },
  ],
  ['list offsets at the largest time that there can be', (s) => listAt(s, 'main', 0, '9223372036854775807')],
  ['list offsets of an unknown partition', (s) => listAt(s, 'main', 99, -1)],
  ['list offsets of an unknown topic', (s) => listAt(s, 'unknown', 0, -1)],
  ['delete records before an offset', (s) => deleteBefore(s, 0, '4')],
  ['delete records before an offset already deleted', (s) => deleteBefore(s, 0, '2')],
  ['delete records beyond the end', (s) => deleteBefore(s, 0, '1000')],
  ['delete records with offset -2', (s) => deleteBefore(s, 0, '-2')],
  ['delete records of an unknown partition', (s) => deleteBefore(s, 99, '1')],
  ['delete records of an unknown topic', (s) => deleteBefore(s, 0, '1', 'unknown')],
  [
    'the ends after deleting records',
    async ({ admin, named }) =>
      (await admin.fetchTopicOffsets(named('timed'))).sort((a, b) => a.partition - b.partition),
  ],
  [
    'fetch what was deleted',
    ({ broker, named }) =>
      broker.fetch({
        maxWaitTime: 100,
        topics: [
          { topic: named('timed'), partitions: [{ partition: 0, fetchOffset: '3', maxBytes: 1_000 }] },
        ],
      }),
  ],
  [
    'fetch the first that was not deleted',
    ({ broker, named }) =>
      broker.fetch({
        maxWaitTime: 100,
        topics: [{ topic: named('timed'), partitions: [{ partition: 0, fetchOffset: '4', maxBytes: 1 }] }],
      }),
  ],
  ['list offsets at a time before what is left', (s) => listAt(s, 'timed', 0, T0_MS)],
  ['delete all records', (s) => deleteBefore(s, 0, '-1')],
  [
    'append after all records were deleted',
    ({ producer, named }) =>
      producer.send({ topic: named('timed'), messages: [{ partition: 0, value: 'next' }] }),
  ],
]
