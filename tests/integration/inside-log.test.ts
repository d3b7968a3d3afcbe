import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, expect, it } from 'vitest'
import type { LogState } from '#contracts/inside/log.ts'
import { createApi, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { commonService } from '../support/common-apps.ts'
import { lookOn, type Onlooker } from '../support/kafka-admin.ts'
import { labBeside } from '../support/lab.ts'
import { pollUntil } from '../support/poll-until.ts'
import { visitInside } from '../support/visitor.ts'

const LOCATIONS = 'delivery-location-updated'
const SOON = { withinMs: 40_000 }
const POST_EVERY_MS = 50

let app: RunningApp
let onlooker: Onlooker
beforeAll(async () => {
  app = await startApp({ env: { INSTANCE_ID: 'one', RATE_LIMIT_TOKEN: '1000' } })
  onlooker = lookOn(app)
})

async function watchLog(topic = LOCATIONS) {
  const visitor = visitInside(app.url)
  await visitor.connected()
  const { events } = await visitor.watch('log:state', { topic })
  return { visitor, events, last: () => events.at(-1) as LogState }
}

const groupOf = (state: LogState | undefined, id: string) => state?.groups.find((group) => group.id === id)
const sizes = (state: LogState | undefined) =>
  groupOf(state, 'history')?.members.map(({ partitions }) => partitions.length) ?? []

it('[LANE1] [LANE5] offsets, groups, members, partitions and positions are the broker’s', async () => {
  const api = createApi(app.url)
  const created = await api.createDelivery()
  await api.postStatus(created, 'picked_up')
  const { last, events } = await watchLog()
  await api.postLocations(
    created,
    [1, 2, 3, 4, 5].map((seq) => fixAt(created, seq)),
  )
  const high = (state: LogState) => state.partitions.reduce((sum, each) => sum + each.high, 0)
  const caughtUp = (state: LogState) =>
    ['history', 'push-one'].every((id) => {
      const group = groupOf(state, id)
      const at = id === 'history' ? group?.committed : group?.positions
      return state.partitions.every((each, index) => each.high === 0 || at?.[index] === each.high)
    })
  await pollUntil(() => events.length > 0 && high(last()) >= 5 && caughtUp(last()), {
    ...SOON,
    what: 'both groups at the end',
  })
  const state = last()
  expect(state.partitions.map(({ low, high }, partition) => ({ partition, low, high }))).toEqual(
    await onlooker.ends(LOCATIONS),
  )
  expect(state.topics).toEqual((await onlooker.topics()).filter((name) => !name.startsWith('__')).sort())
  for (const id of ['history', 'push-one']) {
    const seen = await onlooker.group(id, LOCATIONS)
    const group = groupOf(state, id)
    expect(group?.state).toBe(seen.state)
    expect(Object.fromEntries(group?.members.map((member) => [member.id, member.partitions]) ?? [])).toEqual(
      seen.members,
    )
  }
  expect(groupOf(state, 'history')?.committed).toEqual(await onlooker.committed('history', LOCATIONS))
  expect(groupOf(state, 'push-one')?.committed).toBeNull()
  const embedded = app.inKafka('') === ''
  // Kafka's own default, in milliseconds, and ours.
  expect([state.retentionMs, state.kept]).toEqual([7 * 86_400_000, { locationDays: 30, deliveryDays: 365 }])
  for (const { segments, high } of state.partitions)
    if (high > 0) expect(segments).toEqual(embedded ? [0] : null)
})

it('[NOTE7] the statuses are read by the group that tells customers as well, with its offsets', async () => {
  const statuses = 'delivery-status-changed'
  await createApi(app.url).createPickedUp()
  const { last, events } = await watchLog(statuses)
  const isThere = (state: LogState) =>
    state.partitions.every(
      ({ high }, index) => high === 0 || groupOf(state, 'notify')?.committed?.[index] === high,
    )
  await pollUntil(() => events.length > 0 && isThere(last()), { ...SOON, what: 'notify at the end' })
  expect(groupOf(last(), 'notify')?.state).toBe('Stable')
  expect(groupOf(last(), 'notify')?.committed).toEqual(await onlooker.committed('notify', statuses))
})

it('[LANE2] one more worker: the group rebalances and settles on half each; it ends, and nothing is lost', async () => {
  const api = createApi(app.url)
  const created = await api.createDelivery()
  await api.postStatus(created, 'picked_up')
  const { visitor, events, last } = await watchLog()
  await pollUntil(() => sizes(events.at(-1)).join() === '6', { ...SOON, what: 'one member' })

  const statuses: number[] = []
  let posting = true
  const posts = (async () => {
    while (posting) {
      const answer = await api.postLocations(created, [fixAt(created, statuses.length + 1)])
      statuses.push(answer.status)
      await delay(POST_EVERY_MS)
    }
  })()
  expect(await visitor.call('log:start-worker', {})).toEqual({ workers: 1 })
  // A look may fall between the broker's word that it has joined and its own.
  const isSettled = (state: LogState) =>
    groupOf(state, 'history')?.state === 'Stable' &&
    sizes(state).join() === '3,3' &&
    state.extraWorkers.length === 1
  await pollUntil(() => isSettled(last()), { ...SOON, what: 'three partitions each' })
  expect((await onlooker.group('history', LOCATIONS)).members).toEqual(
    Object.fromEntries(
      groupOf(last(), 'history')?.members.map(({ id, partitions }) => [id, partitions]) ?? [],
    ),
  )
  expect(groupOf(last(), 'history')?.members.filter(({ extra }) => extra)).toHaveLength(1)
  expect(last().extraWorkers).toHaveLength(1)

  expect(await visitor.call('log:stop-worker', {})).toEqual({ workers: 0 })
  await pollUntil(() => sizes(last()).join() === '6', { ...SOON, what: 'one member again' })
  posting = false
  await posts
  expect(new Set(statuses)).toEqual(new Set([202]))
  // Everything that was accepted is in the database, once.
  await pollUntil(
    async () => {
      const path = `/api/deliveries/${created.delivery.id}/locations?limit=1000`
      const answer = await api.call(path, { token: created.rider.token })
      const { locations } = (await answer.json()) as { locations: { seq: number }[] }
      return locations.map(({ seq }) => seq).join() === statuses.map((_, index) => index + 1).join()
    },
    { ...SOON, what: `all ${statuses.length} points in the history` },
  )
})

it('[LANE3] more workers than two are refused, and outside the demo every one', async () => {
  const visitor = visitInside(app.url)
  const answers = await Promise.allSettled([1, 2, 3].map(() => visitor.call('log:start-worker', {})))
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  for (const left of [1, 0, 0]) expect(await visitor.call('log:stop-worker', {})).toEqual({ workers: left })

  const service = await commonService()
  const dispatcher = visitInside(service.url, { token: service.dispatchToken })
  await expect(dispatcher.call('log:start-worker', {})).rejects.toThrow('forbidden')
})

it('[LANE1] the left edge is where the oldest record that is left lies, read or not', async () => {
  const topic = await labBeside(app).openTopic({ partitions: 2 })
  await topic.send(Array.from({ length: 10 }, (_, n) => ({ value: String(n), partition: n % 2 })))
  const { events, last } = await watchLog(topic.name)
  const lows = () => events.at(-1)?.partitions.map(({ low, high }) => [low, high])
  await pollUntil(() => lows()?.join() === '0,5,0,5', { ...SOON, what: 'ten records' })
  await onlooker.ask(async (admin) => {
    // kafkajs deletes only where it has looked before.
    await admin.fetchTopicOffsets(app.inKafka(topic.name))
    const partitions = [{ partition: 1, offset: '3' }]
    await admin.deleteTopicRecords({ topic: app.inKafka(topic.name), partitions })
  })
  await pollUntil(() => lows()?.join() === '0,5,3,5', { ...SOON, what: 'the left edge to move' })
  expect(last().partitions.map(({ low }) => low)).toEqual(
    (await onlooker.ends(topic.name)).map(({ low }) => low),
  )
})

it('[LANE4] a topic that goes is told so, and another can be watched', async () => {
  const topic = await labBeside(app).openTopic({ partitions: 2 })
  const { events, last } = await watchLog(topic.name)
  await pollUntil(() => events.at(-1)?.partitions.length === 2, { ...SOON, what: 'the lab’s topic' })
  await topic.close()
  await pollUntil(() => last().partitions.length === 0 && !last().topics.includes(topic.name), {
    ...SOON,
    what: 'its end',
  })
})
