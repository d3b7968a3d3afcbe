import { pollUntil } from '../../support/poll-until.ts'
import type { Session, Step } from '../support/session.ts'

type Commit = {
  group: string
  topic?: string
  partition?: number
  offset?: string
  metadata?: string | null
  generation?: number
  member?: string
}

/** As a client that divides partitions itself: no member, no generation. */
const commit = (
  { broker, named }: Session,
  {
    group,
    topic = 'main',
    partition = 0,
    offset = '2',
    metadata = null,
    generation = -1,
    member = '',
  }: Commit,
) =>
  broker.offsetCommit({
    groupId: group === '' ? '' : named(group),
    groupGenerationId: generation,
    memberId: member,
    topics: [{ topic: named(topic), partitions: [{ partition, offset, metadata }] }],
  })

const committed = async ({ admin, named }: Session, group: string, topic = 'main') => {
  const [offsets] = await admin.fetchOffsets({ groupId: named(group), topics: [named(topic)] })
  return offsets?.partitions.sort((a, b) => a.partition - b.partition)
}

export const groupSteps: Step[] = [
  [
    'find the coordinator of a group',
    ({ broker, named }) => broker.findGroupCoordinator({ groupId: named('any'), coordinatorType: 0 }),
  ],
  [
    'describe an unknown group',
    ({ broker, named }) => broker.describeGroups({ groupIds: [named('unknown')] }),
  ],
  ['offsets of an unknown group', (s) => committed(s, 'unknown')],
  [
    'offsets of an unknown group in an unknown topic',
    ({ broker, named }) =>
      broker.offsetFetch({
        groupId: named('unknown'),
        topics: [{ topic: named('unknown'), partitions: [{ partition: 0 }] }],
      }),
  ],
  [
    'commit without being a member',
    async (s) => {
      await commit(s, { group: 'plain', metadata: 'where I was' })
      return await committed(s, 'plain')
    },
  ],
  [
    'commit an earlier offset',
    async (s) => {
      await commit(s, { group: 'plain', offset: '1' })
      return await committed(s, 'plain')
    },
  ],
  [
    'commit an offset beyond the end',
    async (s) => {
      await commit(s, { group: 'plain', partition: 1, offset: '1000' })
      return await committed(s, 'plain')
    },
  ],
  ['commit in an unknown partition', (s) => commit(s, { group: 'plain', partition: 99 })],
  ['commit in an unknown topic', (s) => commit(s, { group: 'plain', topic: 'unknown' })],
  [
    'commit with 5,000 characters of metadata',
    (s) => commit(s, { group: 'plain', metadata: 'x'.repeat(5_000) }),
  ],
  ['commit for a group without a name', (s) => commit(s, { group: '' })],
  [
    'commit as a member of a group that does not exist',
    (s) => commit(s, { group: 'unknown', member: 'nobody', generation: 3 }),
  ],
  ['offsets of a group in all topics', ({ admin, named }) => admin.fetchOffsets({ groupId: named('plain') })],
  [
    'describe a group that has offsets and no members',
    ({ broker, named }) => broker.describeGroups({ groupIds: [named('plain')] }),
  ],
  [
    'reset the offsets of a group to the beginning',
    async (s) => {
      await s.admin.resetOffsets({ groupId: s.named('plain'), topic: s.named('main'), earliest: true })
      return await committed(s, 'plain')
    },
  ],
  [
    'list groups',
    async ({ admin, named }) =>
      (await admin.listGroups()).groups
        .filter(({ groupId }) => groupId.startsWith(named('')))
        .sort((a, b) => a.groupId.localeCompare(b.groupId)),
  ],
  [
    'delete a group',
    async (s) => {
      const deleted = await s.admin.deleteGroups([s.named('plain')])
      return { deleted, offsets: await committed(s, 'plain') }
    },
  ],
  ['delete an unknown group', ({ broker, named }) => broker.deleteGroups([named('unknown')])],
  [
    'offsets are gone with their topic',
    async (s) => {
      await commit(s, { group: 'leftover', topic: 'on-demand', offset: '1' })
      await s.broker.deleteTopics({ topics: [s.named('on-demand')] })
      const left = () => s.admin.fetchOffsets({ groupId: s.named('leftover') })
      const none = async () => (await left()).length === 0
      await pollUntil(none, { withinMs: 30_000, what: 'the offsets to go' })
      return await left()
    },
  ],
]
