import { pollUntil } from '../../support/poll-until.ts'
import type { Session, Step } from '../support/session.ts'

const create = (
  { broker, named }: Session,
  topic: string,
  settings: { numPartitions?: number; replicationFactor?: number } = {},
) =>
  broker.createTopics({
    topics: [{ topic: topic.startsWith('!') ? topic.slice(1) : named(topic), numPartitions: 1, ...settings }],
  })

export const topicSteps: Step[] = [
  [
    'create a topic with 3 partitions',
    async ({ admin, named, usable }) => {
      const created = await admin.createTopics({
        waitForLeaders: false,
        topics: [{ topic: named('main'), numPartitions: 3 }],
      })
      await usable(named('main'), 3)
      return created
    },
  ],
  [
    'create a topic that exists, by the admin client',
    ({ admin, named }) => admin.createTopics({ topics: [{ topic: named('main') }] }),
  ],
  ['create a topic that exists', (s) => create(s, 'main')],
  ['create a topic with a space in its name', (s) => create(s, 'no spaces')],
  ['create a topic named ..', (s) => create(s, '!..')],
  ['create a topic without a name', (s) => create(s, '!')],
  ['create a topic with a name of 250 characters', (s) => create(s, `!${'x'.repeat(250)}`)],
  ['create a topic with 0 partitions', (s) => create(s, 'none', { numPartitions: 0 })],
  ['create a topic with -2 partitions', (s) => create(s, 'none', { numPartitions: -2 })],
  ['create a topic with 3 replicas', (s) => create(s, 'none', { replicationFactor: 3 })],
  ['create a topic with 0 replicas', (s) => create(s, 'none', { replicationFactor: 0 })],
  [
    'create a topic with the partitions and replicas the broker chooses',
    async ({ admin, broker, named, usable }) => {
      await broker.createTopics({
        topics: [{ topic: named('chosen'), numPartitions: -1, replicationFactor: -1 }],
      })
      await usable(named('chosen'), 1)
      return await admin.fetchTopicMetadata({ topics: [named('chosen')] })
    },
  ],
  [
    'create a topic whose name collides with another but for . and _',
    async (s) => {
      await create(s, 'a.b')
      await s.usable(s.named('a.b'), 1)
      await create(s, 'a_b')
    },
  ],
  [
    'create the same topic twice in one request',
    ({ broker, named }) =>
      broker.createTopics({
        topics: [
          { topic: named('twice'), numPartitions: 1 },
          { topic: named('twice'), numPartitions: 1 },
        ],
      }),
  ],
  [
    'only validate the creation of a topic',
    async ({ admin, named }) => {
      const valid = await admin.createTopics({
        validateOnly: true,
        waitForLeaders: false,
        topics: [{ topic: named('validated') }],
      })
      return { valid, created: (await admin.listTopics()).includes(named('validated')) }
    },
  ],
  ['describe the cluster', async ({ admin }) => await admin.describeCluster()],
  [
    'metadata of a topic',
    async ({ admin, named }) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [named('main')] })
      return topics.map(({ partitions, ...topic }) => ({
        ...topic,
        partitions: partitions.sort((a, b) => a.partitionId - b.partitionId),
      }))
    },
  ],
  ['metadata of an unknown topic', ({ broker, named }) => broker.metadata([named('unknown')])],
  ['metadata of an impossible name', ({ broker }) => broker.metadata(['no spaces'])],
  [
    'list topics',
    async ({ admin, named }) =>
      (await admin.listTopics()).filter((topic) => topic.startsWith(named(''))).sort(),
  ],
  [
    'delete a topic',
    async ({ admin, named, broker }) => {
      await admin.deleteTopics({ topics: [named('chosen')] })
      const gone = () =>
        broker.metadata([named('chosen')]).then(
          () => false,
          () => true,
        )
      await pollUntil(gone, { withinMs: 30_000, what: 'the news of the deletion to spread' })
      return await broker.metadata([named('chosen')])
    },
  ],
  ['delete an unknown topic', ({ broker, named }) => broker.deleteTopics({ topics: [named('unknown')] })],
  [
    'create a topic again after its deletion',
    async (s) => {
      await create(s, 'chosen')
      await s.usable(s.named('chosen'), 1)
      return await s.admin.fetchTopicOffsets(s.named('chosen'))
    },
  ],
]
