import { beforeAll, expect, it } from 'vitest'
import type { LabState } from '#contracts/inside/groups.ts'
import type { CallInput } from '#contracts/inside/protocol.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { commonService } from '../support/common-apps.ts'
import { lookOn, type Onlooker } from '../support/kafka-admin.ts'
import { pollUntil } from '../support/poll-until.ts'
import { visitInside } from '../support/visitor.ts'

/** A session is over after 6 s; the rest is for a machine that is busy with other tests. */
const SOON = { withinMs: 50_000 }
const QUICK = { commit: 'auto', threads: 1, slowMs: 5 } as const

let app: RunningApp
let onlooker: Onlooker
beforeAll(async () => {
  // Plays the gateway, so that visitors may come from several addresses.
  app = await startApp({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
  onlooker = lookOn(app)
})

async function openLab(partitions: number) {
  const visitor = visitInside(app.url)
  await visitor.connected()
  const { topic } = await visitor.call('lab:open', { partitions })
  const { events } = await visitor.watch('lab:state', {})
  const last = () => events.at(-1)?.lab as LabState
  await pollUntil(() => last()?.topic === topic, { ...SOON, what: 'the lab' })
  return {
    ...{ visitor, topic, events, last },
    group: (name: 'A' | 'B') => last().groups.find((group) => group.name === name),
    start: async (wanted: CallInput<'lab:start-member'>) =>
      (await visitor.call('lab:start-member', wanted)).number,
    until: (what: string, holds: (state: LabState) => boolean) =>
      pollUntil(() => holds(last()), { ...SOON, what }),
  }
}

const committedAll = ({ groups, ends }: LabState) =>
  groups.every(({ committed }) => ends.every((end, partition) => end === 0 || committed[partition] === end))

it('[LAB4] [LAB5] the same group shares, another gets all, one member too many is idle: as the broker has it', async () => {
  const lab = await openLab(2)
  for (const group of ['A', 'A', 'A', 'B'] as const) await lab.start({ group, ...QUICK })
  await lab.until('all to have joined', ({ members, groups }) => {
    const states = members.map(({ state }) => state)
    return (
      states.length === 4 && !states.includes('joining') && groups.every(({ state }) => state === 'Stable')
    )
  })
  await lab.visitor.call('lab:send', { count: 24 })
  await lab.until(
    'all to be committed twice',
    (state) => state.ends.join() === '12,12' && state.groups.length === 2 && committedAll(state),
  )
  const state = lab.last()
  expect(state.ends).toEqual((await onlooker.ends(lab.topic)).map(({ high }) => high))
  for (const group of state.groups) {
    expect(group).toMatchObject({ once: 24, repeated: 0, lost: 0 })
    expect(group.committed).toEqual(await onlooker.committed(group.id, lab.topic))
    const mine = state.members.filter((member) => member.group === group.name)
    expect(mine.reduce((sum, { done }) => sum + done, 0)).toBe(24)
    const seen = await onlooker.group(group.id, lab.topic)
    expect(Object.fromEntries(mine.map(({ id, partitions }) => [id, partitions]))).toEqual(seen.members)
    expect(group.state).toBe(seen.state)
  }
  // Three members on two partitions: one has nothing to do, in the broker's books too.
  const idle = state.members.filter((member) => member.state === 'idle')
  expect(idle.map(({ partitions, done }) => [partitions, done])).toEqual([[[], 0]])
  expect(
    state.members
      .filter(({ group }) => group === 'A')
      .map(({ done }) => done)
      .sort(),
  ).toEqual([0, 12, 12])
})

for (const { commit, repeated, lost } of [
  { commit: 'auto', repeated: true, lost: false },
  { commit: 'after', repeated: true, lost: false },
  { commit: 'before', repeated: false, lost: true },
] as const) {
  it(`[LAB2] a crash with commits ‘${commit}’: ${repeated ? 'some repeated, none lost' : 'some lost, none repeated'}`, async () => {
    const lab = await openLab(2)
    // So slow that it is at work whenever the crash comes, and far from done.
    const first = await lab.start({ group: 'A', commit, threads: 2, slowMs: 1_500 })
    await lab.visitor.call('lab:send', { count: 12 })
    await lab.until('it to be at work', ({ members }) => {
      const [member] = members
      return (member?.done ?? 0) >= 2 && (member?.begun ?? 0) > (member?.done ?? 0)
    })
    await lab.visitor.call('lab:crash-member', { number: first })
    await lab.start({ group: 'A', commit, threads: 2, slowMs: 20 })
    await lab.until(
      'the other to have finished',
      (state) => state.ends.join() === '6,6' && committedAll(state),
    )
    const group = lab.group('A')
    expect(await onlooker.committed(group?.id ?? '', lab.topic)).toEqual([6, 6])
    expect({ repeated: (group?.repeated ?? 0) > 0, lost: (group?.lost ?? 0) > 0 }).toEqual({ repeated, lost })
    expect((group?.once ?? 0) + (group?.repeated ?? 0) + (group?.lost ?? 0)).toBe(12)
  })
}

it('[LAB6] it ends with its visitor: topic and groups are gone', async () => {
  const lab = await openLab(3)
  const number = await lab.start({ group: 'A', ...QUICK })
  await lab.start({ group: 'B', ...QUICK })
  await lab.visitor.call('lab:trickle', { on: true })
  await lab.until('messages to be done', ({ members }) => members.every(({ done }) => done >= 3))
  await lab.visitor.call('lab:crash-member', { number })
  expect(await onlooker.topics()).toContain(lab.topic)
  lab.visitor.socket.disconnect()
  await pollUntil(
    async () => {
      const names = [...(await onlooker.topics()), ...(await onlooker.groups())]
      return !names.some((name) => name.startsWith(lab.topic))
    },
    { ...SOON, what: 'topic and groups to be gone' },
  )
})

it('[LAB6] S5: four at once, two of one address, and a new one in place of the old; outside the demo none', async () => {
  const service = await commonService()
  const dispatcher = visitInside(service.url, { token: service.dispatchToken })
  await expect(dispatcher.call('lab:open', { partitions: 1 })).rejects.toThrow('forbidden')

  const from = (address: string) => visitInside(app.url, {}, { 'x-forwarded-for': address })
  const [one, another, third] = ['203.0.113.1', '203.0.113.2', '203.0.113.3'] as const
  const visitors = [one, one].map(from)
  for (const visitor of visitors) await visitor.call('lab:open', { partitions: 1 })
  await visitors[0]?.call('lab:open', { partitions: 1 })
  await expect(from(one).call('lab:open', { partitions: 1 })).rejects.toThrow('2 labs open already')
  for (const address of [another, another]) await from(address).call('lab:open', { partitions: 1 })
  await expect(from(third).call('lab:open', { partitions: 1 })).rejects.toThrow('All labs')
  await visitors[0]?.call('lab:close', {})
  await from(third).call('lab:open', { partitions: 1 })
})
