import type { Session, Step } from '../support/session.ts'

const grow = ({ broker, named }: Session, topic: string, count: number, more = {}) =>
  broker.createPartitions({ topicPartitions: [{ topic: named(topic), count, ...more }] })

export const partitionSteps: Step[] = [
  [
    'grow a topic to more partitions',
    async (s) => {
      await s.admin.createPartitions({ topicPartitions: [{ topic: s.named('chosen'), count: 3 }] })
      await s.usable(s.named('chosen'), 3)
    },
  ],
  ['grow a topic to fewer partitions', (s) => grow(s, 'chosen', 2)],
  ['grow a topic to as many partitions as it has', (s) => grow(s, 'chosen', 3)],
  ['grow a topic to -1 partitions', (s) => grow(s, 'chosen', -1)],
  ['grow an unknown topic', (s) => grow(s, 'unknown', 3)],
  [
    'grow a topic with the new replica on a broker that is not there',
    (s) => grow(s, 'chosen', 4, { assignments: [[99]] }),
  ],
  [
    'grow a topic with fewer assignments than new partitions',
    (s) => grow(s, 'chosen', 5, { assignments: [[s.nodeId]] }),
  ],
  [
    'only validate the growth of a topic',
    async ({ admin, broker, named }) => {
      await broker.createPartitions({
        topicPartitions: [{ topic: named('chosen'), count: 4 }],
        validateOnly: true,
      })
      return (await admin.fetchTopicOffsets(named('chosen'))).length
    },
  ],
  [
    'delete two topics at once, one of them unknown',
    ({ broker, named }) => broker.deleteTopics({ topics: [named('assigned'), named('unknown')] }),
  ],
]
