import { expect, test } from 'vitest'
import { startBroker } from '../../../tests/support/broker.ts'
import { pollUntil } from '../../../tests/support/poll-until.ts'
import { ApiKey } from '../src/protocol/api-versions.ts'
import { ErrorCode } from '../src/protocol/errors.ts'
import {
  commitOffset,
  createTopic,
  heartbeat,
  type Joined,
  type JoinOptions,
  joinGroup,
  syncGroup,
} from './support/calls.ts'
import { type InProcessBroker, openBroker } from './support/in-process-broker.ts'
import { WireClient } from './support/wire-client.ts'

const QUICK = { groupInitialRebalanceDelayMs: 20, groupMinSessionTimeoutMs: 50 }

/** Joins as clients do since KIP-394: the first answer only brings the member id. */
async function join(client: WireClient, group: string, options: JoinOptions = {}): Promise<Joined> {
  const first = await joinGroup(client, group, options)
  if (first.code !== ErrorCode.MEMBER_ID_REQUIRED) return first
  return joinGroup(client, group, { ...options, memberId: first.memberId })
}

/** One member that leads its group alone. */
async function soloMember(
  broker: Pick<InProcessBroker, 'host' | 'port'>,
  group = 'g',
  options: JoinOptions = {},
) {
  const client = await WireClient.connect(broker)
  const joined = await join(client, group, options)
  expect(joined).toMatchObject({ code: 0, leaderId: joined.memberId, members: [joined.memberId] })
  expect(await syncGroup(client, group, joined, { [joined.memberId]: 'all' })).toEqual({
    code: 0,
    assignment: 'all',
  })
  return { client, joined }
}

async function leave(client: WireClient, group: string, memberId: string): Promise<number> {
  const response = await client.request(ApiKey.LeaveGroup, 1, (w) => w.string(group).string(memberId))
  response.int32()
  return response.int16()
}

async function stateOf(client: WireClient, group: string): Promise<string> {
  const response = await client.request(ApiKey.DescribeGroups, 0, (w) =>
    w.array([group], (id) => w.string(id)),
  )
  response.int32() // one group
  response.int16()
  response.string()
  return response.string()
}

test('[GRP1] a new member is given its id first, and joins with it (KIP-394)', async () => {
  const client = await WireClient.connect(await openBroker(QUICK))
  const first = await joinGroup(client, 'g')
  expect(first).toMatchObject({ code: ErrorCode.MEMBER_ID_REQUIRED, memberId: expect.stringMatching(/.+/) })
  const second = await joinGroup(client, 'g', { memberId: first.memberId })
  expect(second).toMatchObject({ code: 0, generationId: 1, protocol: 'range', leaderId: first.memberId })
  expect((await joinGroup(client, 'g', { memberId: 'made-up' })).code).toBe(ErrorCode.UNKNOWN_MEMBER_ID)
})

test('[GRP2] when another member comes, the first hears of it in its heartbeat, and both share a new generation', async () => {
  const broker = await openBroker(QUICK)
  const a = await soloMember(broker)
  expect(await heartbeat(a.client, 'g', a.joined)).toBe(0)

  const b = await WireClient.connect(broker)
  const joiningB = join(b, 'g')
  await pollUntil(
    async () => (await heartbeat(a.client, 'g', a.joined)) === ErrorCode.REBALANCE_IN_PROGRESS,
    {
      withinMs: 20_000,
      what: 'the news of a rebalance',
    },
  )
  const rejoined = await joinGroup(a.client, 'g', { memberId: a.joined.memberId })
  const joinedB = await joiningB
  expect(rejoined).toMatchObject({ generationId: 2, leaderId: a.joined.memberId })
  expect(rejoined.members).toHaveLength(2)
  expect(joinedB).toMatchObject({ generationId: 2, leaderId: a.joined.memberId, members: [] })

  const syncingB = syncGroup(b, 'g', joinedB)
  const shares = { [a.joined.memberId]: 'half', [joinedB.memberId]: 'other half' }
  expect(await syncGroup(a.client, 'g', rejoined, shares)).toEqual({ code: 0, assignment: 'half' })
  expect(await syncingB).toEqual({ code: 0, assignment: 'other half' })
  expect(await heartbeat(a.client, 'g', a.joined)).toBe(ErrorCode.ILLEGAL_GENERATION)
  expect(await heartbeat(a.client, 'g', rejoined)).toBe(0)
})

test('[GRP3] a member that does not come back within the rebalance timeout is left out', async () => {
  const broker = await openBroker(QUICK)
  const a = await soloMember(broker, 'g', { rebalanceTimeoutMs: 800 })
  const b = await WireClient.connect(broker)
  const joinedB = await join(b, 'g', { rebalanceTimeoutMs: 800 })
  expect(joinedB).toMatchObject({ code: 0, leaderId: joinedB.memberId, members: [joinedB.memberId] })
  expect(await heartbeat(a.client, 'g', a.joined)).toBe(ErrorCode.UNKNOWN_MEMBER_ID)
})

test('[GRP4] a member that is silent for its session timeout is removed, and the others rebalance', async () => {
  const broker = await openBroker(QUICK)
  const a = await soloMember(broker, 'g', { sessionTimeoutMs: 800 })
  expect(await stateOf(a.client, 'g')).toBe('Stable')
  await pollUntil(async () => (await stateOf(a.client, 'g')) === 'Empty', {
    withinMs: 20_000,
    what: 'an empty group',
  })
  expect(await heartbeat(a.client, 'g', a.joined)).toBe(ErrorCode.UNKNOWN_MEMBER_ID)
})

test('[GRP4] heartbeats keep a session alive', async () => {
  const broker = await openBroker(QUICK)
  const a = await soloMember(broker, 'g', { sessionTimeoutMs: 1_500 })
  const until = performance.now() + 3_500
  while (performance.now() < until) expect(await heartbeat(a.client, 'g', a.joined)).toBe(0)
})

test('[GRP4] after a standstill of the broker a heartbeat that waits to be read is in time', async () => {
  const sessionTimeoutMs = 1_000
  const env = { KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '50', KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '20' }
  const broker = await startBroker({ env })
  const a = await soloMember(broker, 'g', { sessionTimeoutMs })
  process.kill(broker.pid, 'SIGSTOP')
  const answer = heartbeat(a.client, 'g', a.joined)
  const overMs = performance.now() + 2 * sessionTimeoutMs
  await pollUntil(() => performance.now() > overMs, { withinMs: 20_000, what: 'the end of the session' })
  process.kill(broker.pid, 'SIGCONT')
  expect(await answer).toBe(0)
})

test('[GRP5] leaving gives the partitions to the others at once', async () => {
  const broker = await openBroker(QUICK)
  const a = await soloMember(broker)
  expect(await leave(a.client, 'g', a.joined.memberId)).toBe(0)
  expect(await stateOf(a.client, 'g')).toBe('Empty')
  expect(await leave(a.client, 'g', a.joined.memberId)).toBe(ErrorCode.UNKNOWN_MEMBER_ID)
})

test('[GRP6] the protocol is one that all know, chosen by vote; who shares none is refused', async () => {
  // Long enough for all three to come.
  const broker = await openBroker({ ...QUICK, groupInitialRebalanceDelayMs: 500 })
  const [a, b, c] = await Promise.all([1, 2, 3].map(() => WireClient.connect(broker)))
  if (!a || !b || !c) throw new Error('three clients')
  const joined = await Promise.all([
    joinGroup(a, 'g', { protocols: ['range', 'roundrobin'], version: 3 }),
    joinGroup(b, 'g', { protocols: ['roundrobin', 'range'], version: 3 }),
    joinGroup(c, 'g', { protocols: ['sticky', 'roundrobin', 'range'], version: 3 }),
  ])
  expect(joined.map(({ protocol }) => protocol)).toEqual(['roundrobin', 'roundrobin', 'roundrobin'])
  const stranger = await WireClient.connect(broker)
  expect((await joinGroup(stranger, 'g', { protocols: ['sticky'] })).code).toBe(
    ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
  )
})

test('[GRP7] a member that joins but never asks for its share is removed after the rebalance timeout', async () => {
  const broker = await openBroker(QUICK)
  const client = await WireClient.connect(broker)
  const joined = await join(client, 'g', { rebalanceTimeoutMs: 800 })
  expect(await stateOf(client, 'g')).toBe('CompletingRebalance')
  expect(await heartbeat(client, 'g', joined)).toBe(0)
  await pollUntil(async () => (await stateOf(client, 'g')) === 'Empty', {
    withinMs: 20_000,
    what: 'an empty group',
  })
})

test('[GRP8] a static member that comes back takes its old place without a rebalance (KIP-345)', async () => {
  const broker = await openBroker(QUICK)
  const first = await soloMember(broker, 'g', { instanceId: 'desk-1' })
  const again = await WireClient.connect(broker)
  const joined = await joinGroup(again, 'g', { instanceId: 'desk-1' })
  expect(joined).toMatchObject({ code: 0, generationId: first.joined.generationId, members: [] })
  expect(joined.memberId).not.toBe(first.joined.memberId)
  expect(await syncGroup(again, 'g', joined)).toEqual({ code: 0, assignment: 'all' })
  // The one it replaced is fenced off.
  const stale = await joinGroup(first.client, 'g', { instanceId: 'desk-1', memberId: first.joined.memberId })
  expect(stale.code).toBe(ErrorCode.FENCED_INSTANCE_ID)
})

test('[GRP9] sessions outside the allowed range, and groups without a name, are refused', async () => {
  const client = await WireClient.connect(await openBroker())
  expect((await joinGroup(client, 'g', { sessionTimeoutMs: 5_999 })).code).toBe(
    ErrorCode.INVALID_SESSION_TIMEOUT,
  )
  expect((await joinGroup(client, 'g', { sessionTimeoutMs: 1_800_001 })).code).toBe(
    ErrorCode.INVALID_SESSION_TIMEOUT,
  )
  expect((await joinGroup(client, '')).code).toBe(ErrorCode.INVALID_GROUP_ID)
})

test('[OFS1] only a member of the present generation may commit, or anyone while the group is empty', async () => {
  const broker = await openBroker(QUICK)
  const client = await WireClient.connect(broker)
  await createTopic(client, 't')
  const nobody = { generationId: -1, memberId: '' }
  const commit = (group: string, who: { generationId: number; memberId: string }, topic = 't') =>
    commitOffset(client, group, who, { topic, offset: 1 })
  expect(await commit('g', nobody)).toBe(0)
  const a = await soloMember(broker, 'g')
  expect(await commit('g', nobody)).toBe(ErrorCode.UNKNOWN_MEMBER_ID)
  expect(await commit('g', a.joined)).toBe(0)
  expect(await commit('g', { ...a.joined, generationId: 7 })).toBe(ErrorCode.ILLEGAL_GENERATION)
  expect(await commit('g', { ...a.joined, memberId: 'x' })).toBe(ErrorCode.UNKNOWN_MEMBER_ID)
  expect(await commit('unknown', a.joined)).toBe(ErrorCode.ILLEGAL_GENERATION)
  expect(await commit('g', a.joined, 'no-topic')).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  const long = { topic: 't', offset: 1, metadata: 'x'.repeat(5_000) }
  expect(await commitOffset(client, 'g', a.joined, long)).toBe(ErrorCode.OFFSET_METADATA_TOO_LARGE)
})

test('[OFS2] offsets of a group that nobody was in for offsets.retention go; groups without either go too', async () => {
  const broker = await openBroker({ ...QUICK, offsetsRetentionMs: 1_500, logRetentionCheckIntervalMs: 50 })
  const client = await WireClient.connect(broker)
  await createTopic(client, 't')
  const busy = await soloMember(broker, 'busy')
  await commitOffset(client, 'busy', busy.joined, { topic: 't', offset: 1 })
  await commitOffset(client, 'gone', { generationId: -1, memberId: '' }, { topic: 't', offset: 1 })
  expect(await stateOf(client, 'gone')).toBe('Empty')
  await pollUntil(async () => (await stateOf(client, 'gone')) === 'Dead', {
    withinMs: 20_000,
    what: 'the group to go',
  })
  expect(await stateOf(client, 'busy')).toBe('Stable')
})

test('[GRP10] a consumer that never heartbeats and never reads holds up nobody else', async () => {
  const broker = await openBroker(QUICK)
  const silent = await WireClient.connect(broker)
  const joined = await join(silent, 'g', { sessionTimeoutMs: 1_000, rebalanceTimeoutMs: 1_000 })
  await syncGroup(silent, 'g', joined, { [joined.memberId]: 'all' })
  silent.socket.pause()
  const other = await WireClient.connect(broker)
  const startedAt = performance.now()
  expect(await join(other, 'g', { rebalanceTimeoutMs: 1_000 })).toMatchObject({ code: 0, generationId: 2 })
  // A second at most for each that is silent; nobody's own ten seconds are waited for.
  expect(performance.now() - startedAt).toBeLessThan(8_000)
})
