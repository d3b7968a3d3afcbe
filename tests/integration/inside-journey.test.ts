import { Kafka, logLevel } from 'kafkajs'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { HEADER, TOPIC } from '#contracts/topics.ts'
import { type Api, createApi, fixAt } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { type CommonApp, commonDemo } from '../support/common-apps.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readTopics } from '../support/topic-reader.ts'
import { type Visitor, visitInside } from '../support/visitor.ts'

let app: CommonApp
let api: Api
beforeAll(async () => {
  app = await commonDemo()
  api = createApi(app.url)
})

/** What the page is told of a delivery's points, the newest word on each. */
async function followPoints(visitor: Visitor, { delivery }: CreateDeliveryAnswer) {
  const { events } = await visitor.watch('journey:points', { deliveryId: delivery.id })
  return (seq: number) =>
    events
      .flatMap(({ journeys }) => journeys)
      .filter(({ location }) => location.seq === seq)
      .at(-1)
}

async function postSentAt(created: CreateDeliveryAnswer, seqs: number[], sentAt: string) {
  const response = await api.call(`/api/deliveries/${created.delivery.id}/locations`, {
    method: 'POST',
    token: created.rider.token,
    headers: { 'X-Sent-At-Ms': sentAt },
    body: { locations: seqs.map((seq) => fixAt(created, seq)) },
  })
  expect(response.status).toBe(202)
  return response
}

describe('the way of a point', () => {
  it('[JOUR1] partition, offset, request id and hop times are those of the record in the log', async () => {
    const created = await api.createPickedUp()
    const visitor = visitInside(app.url)
    const pointOf = await followPoints(visitor, created)
    const requestIds = new Map<number, string | null>()
    for (const seq of [1, 2, 3]) {
      const response = await postSentAt(created, [seq], String(Date.now()))
      requestIds.set(seq, response.headers.get('x-request-id'))
    }
    await pollUntil(() => pointOf(3), { withinMs: 20_000, what: 'the third point' })

    const { records } = await readTopics(app.broker, [app.inKafka(TOPIC.locationUpdated)])
    // What took Kafka too long to acknowledge is sent again: the page shows the first.
    const ours = () =>
      records
        .filter(({ message }) => message.key?.toString() === created.delivery.id)
        .filter(
          ({ message }, index, all) =>
            all.findIndex((other) => String(other.message.value) === String(message.value)) === index,
        )
    await pollUntil(() => ours().length === 3, { withinMs: 30_000, what: 'the three records' })
    for (const { partition, message } of ours()) {
      const value = JSON.parse(message.value?.toString() ?? '')
      const header = (name: string) => Number(message.headers?.[name])
      const point = pointOf(value.seq)
      expect(point).toMatchObject({
        partition,
        offset: Number(message.offset),
        requestId: requestIds.get(value.seq),
        sentAtMs: header(HEADER.sentAtMs),
        publishedAtMs: header(HEADER.publishedAtMs),
        appendedAtMs: Number(message.timestamp),
        location: { receivedAtMs: header(HEADER.receivedAtMs), recordedAtMs: value.recordedAtMs },
      })
      const record = await visitor.call('journey:record', { partition, offset: Number(message.offset) })
      expect(record).toEqual({
        partition,
        offset: Number(message.offset),
        timestampMs: Number(message.timestamp),
        key: created.delivery.id,
        headers: Object.fromEntries(
          Object.entries(message.headers ?? {}).map(([name, text]) => [name, String(text)]),
        ),
        value: message.value?.toString(),
      })
      const { publishedAtMs = 0, consumedAtMs = 0, location } = point ?? {}
      expect(consumedAtMs).toBeGreaterThanOrEqual(publishedAtMs ?? 0)
      expect(publishedAtMs).toBeGreaterThanOrEqual(location?.receivedAtMs ?? Number.POSITIVE_INFINITY)
    }
  })

  it('[JOUR2] what the device says of its sending is ignored when it cannot be, and never an error', async () => {
    const created = await api.createPickedUp()
    const pointOf = await followPoints(visitInside(app.url), created)
    const words = ['soon', '-1', '1.5', '0', String(Date.now() + 3_600_000), '9'.repeat(40), '']
    for (const [index, word] of words.entries()) await postSentAt(created, [index + 1], word)
    await postSentAt(created, [words.length + 1], String(Date.now() - 20))
    const last = await pollUntil(() => pointOf(words.length + 1), {
      withinMs: 20_000,
      what: 'the last point',
    })
    expect(last.sentAtMs).not.toBeNull()
    for (const index of words.keys()) expect(pointOf(index + 1)?.sentAtMs).toBeNull()
  })

  it('[JOUR3] emitted and painted are known where the customer is connected; nonsense about painting changes nothing', async () => {
    const created = await api.createPickedUp()
    const pointOf = await followPoints(visitInside(app.url), created)
    await api.postLocations(created, [fixAt(created, 1)])
    expect(
      await pollUntil(() => pointOf(1), { withinMs: 20_000, what: 'a point without customers' }),
    ).toMatchObject({
      customersHere: false,
      emittedAtMs: null,
    })

    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    const before = Date.now()
    await api.postLocations(created, [fixAt(created, 2)])
    const asked = await pollUntil(() => customer.locations.find(({ location }) => location.seq === 2), {
      withinMs: 20_000,
      what: 'the point at the customer',
    })
    expect(asked.trace?.painted).toBe('tell')
    const say = (painted: unknown) => customer.socket.emit('delivery:painted', painted)
    for (const nonsense of [
      null,
      'now',
      { seq: 2 },
      { seq: 1, paintedAtMs: Date.now() },
      { seq: 77, paintedAtMs: Date.now() },
      { seq: 2, paintedAtMs: Date.now() + 60_000 },
      { seq: 2, paintedAtMs: before - 60_000 },
    ])
      say(nonsense)
    const paintedAtMs = Date.now()
    say({ seq: 2, paintedAtMs })
    const point = await pollUntil(() => (pointOf(2)?.paintedAtMs ? pointOf(2) : null), {
      withinMs: 20_000,
      what: 'the painted point',
    })
    expect(point.customersHere).toBe(true)
    expect(point.emittedAtMs).toBeGreaterThanOrEqual(before)
    expect(point.paintedAtMs).toBe(paintedAtMs)
    expect(pointOf(1)?.paintedAtMs).toBeNull()
    expect(customer.disconnects).toEqual([])
  })

  it('[JOUR4] customers are asked no more often than they may answer', async () => {
    const created = await api.createPickedUp()
    await followPoints(visitInside(app.url), created)
    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    const seqs = Array.from({ length: 100 }, (_, index) => index + 1)
    const startedMs = performance.now()
    await api.postLocations(
      created,
      seqs.map((seq) => fixAt(created, seq)),
    )
    await pollUntil(() => customer.locations.length === 100, { withinMs: 20_000, what: 'all the points' })
    const asked = customer.locations.filter(({ trace }) => trace?.painted === 'tell')
    const mostAsked = 5 + Math.ceil((performance.now() - startedMs) / 1_000)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.length).toBeLessThanOrEqual(mostAsked)
  })
})

describe('a record', () => {
  it('[JOUR5] that is not there (any more) is answered with null', async () => {
    const created = await api.createPickedUp()
    const visitor = visitInside(app.url)
    const pointOf = await followPoints(visitor, created)
    await api.postLocations(created, [fixAt(created, 1)])
    const { partition } = await pollUntil(() => pointOf(1), { withinMs: 20_000, what: 'the point' })
    expect(await visitor.call('journey:record', { partition, offset: 1_000_000 })).toBeNull()
    expect(await visitor.call('journey:record', { partition: 99, offset: 0 })).toBeNull()
  })

  it('[JOUR6] is read by a group of the instance’s own, which is there only when it is needed and commits nothing', async () => {
    const own = await startApp({ env: { INSTANCE_ID: 'reader' } })
    const ownApi = createApi(own.url)
    const created = await ownApi.createPickedUp()
    const visitor = visitInside(own.url)
    const pointOf = await followPoints(visitor, created)
    await ownApi.postLocations(created, [fixAt(created, 1)])
    const { partition, offset } = await pollUntil(() => pointOf(1), { withinMs: 20_000, what: 'the point' })
    const admin = new Kafka({ brokers: [own.broker], logLevel: logLevel.NOTHING }).admin()
    await admin.connect()
    onTestFinished(() => admin.disconnect())
    const groupId = own.inKafka('inside-reader')
    const isThere = async () => (await admin.listGroups()).groups.some((group) => group.groupId === groupId)

    expect(await isThere()).toBe(false)
    const reads = [0, 1, 2, 3].map(() => visitor.call('journey:record', { partition, offset }))
    for (const record of await Promise.all(reads)) expect(record?.offset).toBe(offset)
    expect(await isThere()).toBe(true)
    const committed = await admin.fetchOffsets({ groupId, topics: [own.inKafka(TOPIC.locationUpdated)] })
    expect(committed.flatMap(({ partitions }) => partitions).every((each) => each.offset === '-1')).toBe(true)
  })
})
