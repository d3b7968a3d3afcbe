import { AssignerProtocol } from 'kafkajs'
import type { Session, Step } from '../support/session.ts'

type Join = {
  group?: string
  member?: string
  sessionTimeout?: number
  protocols?: string[]
  protocolType?: string
}

const join = (
  { broker, named }: Session,
  {
    group = 'members',
    member = '',
    // Nobody sends a heartbeat for it between the steps.
    sessionTimeout = 60_000,
    protocols = ['ours'],
    protocolType = 'consumer',
  }: Join,
) =>
  broker.joinGroup({
    groupId: group === '' ? '' : named(group),
    memberId: member,
    sessionTimeout,
    rebalanceTimeout: 60_000,
    protocolType,
    groupProtocols: protocols.map((name) => ({
      name,
      metadata: AssignerProtocol.MemberMetadata.encode({
        version: 1,
        topics: [named('main')],
        userData: Buffer.alloc(0),
      }),
    })),
  })

type As = { generation?: number; member?: string; group?: string }

const as = ({ named, recall }: Session, { generation, member, group = 'members' }: As = {}) => ({
  groupId: named(group),
  groupGenerationId: generation ?? Number(recall('generation')),
  memberId: member ?? recall('member'),
})

const commit = (s: Session, who: As = {}, topic = 'main', partition = 0) =>
  s.broker.offsetCommit({
    ...as(s, who),
    topics: [{ topic: s.named(topic), partitions: [{ partition, offset: '1' }] }],
  })

const sync = (s: Session, who: As = {}) => {
  const { groupGenerationId: generationId, ...member } = as(s, who)
  return s.broker.syncGroup({
    ...member,
    generationId,
    groupAssignment: [
      {
        memberId: member.memberId,
        memberAssignment: AssignerProtocol.MemberAssignment.encode({
          version: 1,
          assignment: { [s.named('main')]: [0, 1, 2] },
          userData: Buffer.alloc(0),
        }),
      },
    ],
  })
}

export const membershipSteps: Step[] = [
  [
    'join a group',
    async (s) => {
      const joined = await join(s, {})
      s.remember('member', joined.memberId)
      s.remember('generation', joined.generationId)
      return { ...joined, leads: joined.leaderId === joined.memberId }
    },
  ],
  ['commit while the group waits for its assignment', (s) => commit(s)],
  ['take the assignment', (s) => sync(s)],
  ['heartbeat', (s) => s.broker.heartbeat(as(s))],
  ['heartbeat of an old generation', (s) => s.broker.heartbeat(as(s, { generation: 0 }))],
  ['heartbeat of an unknown member', (s) => s.broker.heartbeat(as(s, { member: 'nobody' }))],
  ['heartbeat in an unknown group', (s) => s.broker.heartbeat(as(s, { group: 'unknown' }))],
  ['describe a group with a member', (s) => s.broker.describeGroups({ groupIds: [s.named('members')] })],
  ['commit as a member', (s) => commit(s)],
  ['commit with an old generation', (s) => commit(s, { generation: 0 })],
  ['commit with a future generation', (s) => commit(s, { generation: 99 })],
  ['commit as an unknown member', (s) => commit(s, { member: 'nobody' })],
  ['commit beside the members, without being one', (s) => commit(s, { member: '', generation: -1 })],
  ['commit as a member in an unknown partition', (s) => commit(s, {}, 'main', 99)],
  ['join with a session of 10 ms', (s) => join(s, { group: 'other', sessionTimeout: 10 })],
  ['join with a session of a day', (s) => join(s, { group: 'other', sessionTimeout: 86_400_000 })],
  ['join a group without a name', (s) => join(s, { group: '' })],
  ['join as an unknown member', (s) => join(s, { member: 'nobody' })],
  ['join a new group as an unknown member', (s) => join(s, { group: 'other', member: 'nobody' })],
  ['join with a protocol the others do not know', (s) => join(s, { protocols: ['theirs'] })],
  ['join with another type of protocol', (s) => join(s, { protocolType: 'connect' })],
  ['join without any protocol', (s) => join(s, { group: 'other', protocols: [] })],
  ['sync with an old generation', (s) => sync(s, { generation: 0 })],
  ['sync as an unknown member', (s) => sync(s, { member: 'nobody' })],
  ['sync in an unknown group', (s) => sync(s, { group: 'unknown' })],
  ['delete a group that has members', ({ admin, named }) => admin.deleteGroups([named('members')])],
  [
    'leave as an unknown member',
    (s) => s.broker.leaveGroup({ groupId: s.named('members'), memberId: 'nobody' }),
  ],
  ['leave an unknown group', (s) => s.broker.leaveGroup({ groupId: s.named('unknown'), memberId: 'nobody' })],
  ['leave', (s) => s.broker.leaveGroup({ groupId: s.named('members'), memberId: s.recall('member') })],
  ['describe a group everybody has left', (s) => s.broker.describeGroups({ groupIds: [s.named('members')] })],
  ['heartbeat after leaving', (s) => s.broker.heartbeat(as(s))],
  [
    'join again: the generation goes on',
    async (s) => {
      const joined = await join(s, {})
      await s.broker.leaveGroup({ groupId: s.named('members'), memberId: joined.memberId })
      return joined
    },
  ],
  ['delete the group everybody has left', ({ admin, named }) => admin.deleteGroups([named('members')])],
]
