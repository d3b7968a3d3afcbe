import type { Kafka } from 'kafkajs'
import { beforeAll, expect, it } from 'vitest'
import { linkReplacedEventSchema, locationEventSchema, statusEventSchema } from '#contracts/topics.ts'
import { type Api, createApi, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { MADE_BY_TEST } from '../support/contracts/check-record.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { type ReadRecord, readTopics } from '../support/topic-reader.ts'

const LOCATIONS = 'delivery-location-updated'
const STATUSES = 'delivery-status-changed'
const LINKS = 'delivery-links-replaced'
const DEAD_LETTERS = `${LOCATIONS}.dead-letter`

let app: RunningApp
let api: Api
let kafka: Kafka
let records: ReadRecord[]

beforeAll(async () => {
  app = await startApp({ env: { INSTANCE_ID: 'one', LOG_LEVEL: 'debug' } })
  api = createApi(app.url)
  const read = await readTopics(
    app.broker,
    [LOCATIONS, STATUSES, LINKS, DEAD_LETTERS, `${LINKS}.dead-letter`].map(app.inKafka),
  )
  kafka = read.kafka
  records = read.records
})

const of = (topic: string, deliveryId: string) =>
  records.filter(
    (record) => record.topic === app.inKafka(topic) && record.message.key?.toString() === deliveryId,
  )
const json = (record: ReadRecord | undefined): unknown =>
  JSON.parse(record?.message.value?.toString() ?? 'null')

async function pickedUp() {
  const created = await api.createDelivery()
  await api.postStatus(created, 'picked_up')
  return created
}

it('[PATH1] what a 202 acknowledged is in the topic: key, order, schema, request id and hop times', async () => {
  const created = await pickedUp()
  for (const seq of [1, 2, 3]) {
    const response = await api.call(`/api/deliveries/${created.delivery.id}/locations`, {
      method: 'POST',
      token: created.rider.token,
      body: { locations: [fixAt(created, seq)] },
      headers: { 'x-request-id': `post-number-${seq}` },
    })
    expect(response.status).toBe(202)
  }
  const mine = await pollUntil(
    () => (of(LOCATIONS, created.delivery.id).length >= 3 ? of(LOCATIONS, created.delivery.id) : null),
    {
      withinMs: 20_000,
      what: 'three records',
    },
  )
  expect(mine.map((record) => locationEventSchema.parse(json(record)).seq)).toEqual([1, 2, 3])
  expect(new Set(mine.map(({ partition }) => partition)).size).toBe(1)
  const [first] = mine
  expect(first?.message.headers?.['x-request-id']?.toString()).toBe('post-number-1')
  const receivedAtMs = Number(first?.message.headers?.['received-at-ms'])
  const publishedAtMs = Number(first?.message.headers?.['published-at-ms'])
  expect(publishedAtMs).toBeGreaterThanOrEqual(receivedAtMs)
  expect(receivedAtMs).toBe(locationEventSchema.parse(json(first)).receivedAtMs)
})

it('[PATH2] each status is in its topic, from the creation on', async () => {
  const created = await pickedUp()
  await api.postStatus(created, 'delivered')
  const mine = await pollUntil(
    () => (of(STATUSES, created.delivery.id).length >= 3 ? of(STATUSES, created.delivery.id) : null),
    {
      withinMs: 20_000,
      what: 'three records',
    },
  )
  expect(mine.map((record) => statusEventSchema.parse(json(record)).status)).toEqual([
    'accepted',
    'picked_up',
    'delivered',
  ])
})

it('[PATH2] each replaced link is in its topic; a record there that cannot be read is a dead letter', async () => {
  const created = await pickedUp()
  const { id } = created.delivery
  const producer = kafka.producer()
  await producer.connect()
  await producer.send({
    topic: app.inKafka(LINKS),
    messages: [{ key: id, value: '{"v":1,"role":"nobody"}', headers: { [MADE_BY_TEST]: '1' } }],
  })
  await producer.disconnect()
  for (const _ of [2, 3]) await api.replaceLink(id, 'customer', created.rider.token)
  await pollUntil(() => of(LINKS, id).length >= 3, { withinMs: 20_000, what: 'three records' })
  const events = of(LINKS, id)
    .slice(1)
    .map((record) => linkReplacedEventSchema.parse(json(record)))
  expect(events.map(({ role, version }) => [role, version])).toEqual([
    ['customer', 2],
    ['customer', 3],
  ])
  await pollUntil(() => of(`${LINKS}.dead-letter`, id).length > 0, {
    withinMs: 20_000,
    what: 'the dead letter',
  })
})

it('[PATH4] the log is the one that was configured: the embedded broker only when there is no other', async () => {
  const embedded = app.inKafka('') === ''
  expect(app.logs().includes('embedded broker')).toBe(embedded)
})

it('[PATH3] there are six partitions, and the groups follow function: one per instance, one for all', async () => {
  const admin = kafka.admin()
  await admin.connect()
  try {
    const { topics } = await admin.fetchTopicMetadata({
      topics: [LOCATIONS, STATUSES, LINKS].map(app.inKafka),
    })
    expect(topics.map(({ partitions }) => partitions.length)).toEqual([6, 6, 6])
    const { groups } = await admin.describeGroups(['push-one', 'history'].map(app.inKafka))
    expect(groups.map(({ state, members }) => [state, members.length])).toEqual([
      ['Stable', 1],
      ['Stable', 1],
    ])
    const committed = await admin.fetchOffsets({
      groupId: app.inKafka('push-one'),
      topics: [app.inKafka(LOCATIONS)],
    })
    expect(committed.flatMap(({ partitions }) => partitions).every(({ offset }) => offset === '-1')).toBe(
      true,
    )
  } finally {
    await admin.disconnect()
  }
})

it('[HIST1] the history commits what it has stored', async () => {
  const created = await pickedUp()
  await api.postLocations(
    created,
    [1, 2, 3].map((seq) => fixAt(created, seq)),
  )
  const admin = kafka.admin()
  await admin.connect()
  try {
    await pollUntil(
      async () => {
        const ends = await admin.fetchTopicOffsets(app.inKafka(LOCATIONS))
        const [committed] = await admin.fetchOffsets({
          groupId: app.inKafka('history'),
          topics: [app.inKafka(LOCATIONS)],
        })
        const at = new Map(committed?.partitions.map(({ partition, offset }) => [partition, Number(offset)]))
        return ends.every(({ partition, high }) => Number(high) === 0 || at.get(partition) === Number(high))
      },
      { withinMs: 30_000, what: 'the history at the end of every partition' },
    )
  } finally {
    await admin.disconnect()
  }
  // A fresh process has no memory of its own: what it answers comes from the database.
  const stored = await (await api.call('/metrics')).text()
  expect(
    Number(/^rider_live_locations_stored_total\{[^}]*\} (\d+)$/m.exec(stored)?.[1]),
  ).toBeGreaterThanOrEqual(3)
})

it('[DLQ1] a record that cannot be read goes to the dead-letter topic with its place, and nobody stumbles', async () => {
  const created = await pickedUp()
  const customer = connectCustomer(app.url, { token: created.customer.token })
  await customer.greeted()
  const producer = kafka.producer()
  await producer.connect()
  const key = created.delivery.id
  const poison = ['not json', '{"v":2}', JSON.stringify({ v: 1, deliveryId: key, seq: 'one' })]
  await producer.send({
    topic: app.inKafka(LOCATIONS),
    messages: poison.map((value) => ({ key, value, headers: { [MADE_BY_TEST]: '1' } })),
  })
  await producer.disconnect()
  await api.postLocations(created, [fixAt(created, 1)])
  await pollUntil(() => customer.locations.at(-1)?.location.seq === 1, {
    withinMs: 20_000,
    what: 'the good one behind them',
  })
  const dead = await pollUntil(() => (of(DEAD_LETTERS, key).length >= 3 ? of(DEAD_LETTERS, key) : null), {
    withinMs: 20_000,
    what: 'three dead letters',
  })
  expect(dead.map(({ message }) => message.value?.toString())).toEqual(poison)
  for (const { message } of dead) {
    expect(message.headers?.['dead-letter-origin']?.toString()).toMatch(
      /^delivery-location-updated\/\d\/\d+$/,
    )
    expect(message.headers?.['dead-letter-reason']?.toString()).not.toBe('')
  }
})

it('[LOC4] the same seq with other content is never dropped silently', async () => {
  const created = await pickedUp()
  await api.postLocations(created, [fixAt(created, 1)])
  const other = await api.postLocations(created, [fixAt(created, 1, { lat: 37.6 })])
  expect([other.status, await other.json()]).toEqual([
    202,
    { accepted: 0, duplicates: 1, lastSeq: 1, conflicts: [1] },
  ])
  const [dead] = await pollUntil(
    () => (of(DEAD_LETTERS, created.delivery.id).length > 0 ? of(DEAD_LETTERS, created.delivery.id) : null),
    {
      withinMs: 20_000,
      what: 'the dead letter',
    },
  )
  expect(json(dead)).toMatchObject({ seq: 1, lat: 37.6 })
  expect(dead?.message.headers?.['dead-letter-reason']?.toString()).toBe('same seq, other content')
})
