import { type Admin, Kafka, logLevel } from 'kafkajs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CreateDeliveryAnswer, listLocationsAnswerSchema } from '#contracts/http.ts'
import { TOPIC } from '#contracts/topics.ts'
import { type Api, createApi, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { commonService } from '../support/common-apps.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readTopics } from '../support/topic-reader.ts'
import { visitInside } from '../support/visitor.ts'

let app: RunningApp
let api: Api
let admin: Admin
let topic: string
beforeAll(async () => {
  app = await startApp()
  api = createApi(app.url)
  topic = app.inKafka(TOPIC.locationUpdated)
  admin = new Kafka({ brokers: [app.broker], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  atEnd(() => admin.disconnect())
})

/** A delivery with so many points, all of them stored by the history. */
async function ridden(points: number): Promise<CreateDeliveryAnswer> {
  const created = await api.createPickedUp()
  for (let seq = 1; seq <= points; seq += 1) await api.postLocations(created, [fixAt(created, seq)])
  await pollUntil(historyIsAtTheEnd, { withinMs: 30_000, what: 'the points in the history' })
  expect(await storedSeqs(created)).toHaveLength(points)
  return created
}

/** What the app answers of a point is from its memory as well: only the commit tells that the history has it. */
async function historyIsAtTheEnd(): Promise<boolean> {
  const ends = await admin.fetchTopicOffsets(topic)
  const [committed] = await admin.fetchOffsets({ groupId: app.inKafka('history'), topics: [topic] })
  const at = new Map(committed?.partitions.map(({ partition, offset }) => [partition, offset]))
  return ends.every(({ partition, high }) => high === '0' || at.get(partition) === high)
}

async function storedSeqs({ delivery, rider }: CreateDeliveryAnswer): Promise<number[]> {
  const response = await api.call(`/api/deliveries/${delivery.id}/locations`, { token: rider.token })
  return listLocationsAnswerSchema.parse(await response.json()).locations.map(({ seq }) => seq)
}

async function edgesOf(deliveryId: string) {
  const { events, stop } = await visitInside(app.url).watch('time:log', { deliveryId })
  const edges = await pollUntil(() => events[0], { withinMs: 20_000, what: 'the edges' })
  stop()
  return edges
}

async function kafkasEdges(partition: number) {
  const [offsets, committed] = await Promise.all([
    admin.fetchTopicOffsets(topic),
    admin.fetchOffsets({ groupId: app.inKafka('history'), topics: [topic] }),
  ])
  const of = <T extends { partition: number }>(all: T[] = []) =>
    all.find((each) => each.partition === partition)
  return {
    low: Number(of(offsets)?.low),
    high: Number(of(offsets)?.high),
    committed: Number(of(committed[0]?.partitions)?.offset),
  }
}

describe('along the log', () => {
  it('[TIME1] low end, end and committed offset are Kafka’s own', async () => {
    const { delivery } = await ridden(3)
    const { records } = await readTopics(app.broker, [topic])
    const ours = await pollUntil(
      () => records.find(({ message }) => message.key?.toString() === delivery.id),
      { withinMs: 30_000, what: 'a record' },
    )
    await pollUntil(
      async () => {
        const { high, committed } = await kafkasEdges(ours.partition)
        return high === committed
      },
      { withinMs: 30_000, what: 'the commit of the history' },
    )
    const { partition, low, high, committed, firstOffset } = await edgesOf(delivery.id)
    expect(partition).toBe(ours.partition)
    expect({ low, high, committed }).toEqual(await kafkasEdges(partition))
    expect(firstOffset).toBeLessThanOrEqual(Number(ours.message.offset))
  })

  it('[TIME2] the points are the records of the delivery, each at its offset', async () => {
    const created = await ridden(5)
    const { records } = await readTopics(app.broker, [topic])
    const ours = () => records.filter(({ message }) => message.key?.toString() === created.delivery.id)
    const { firstOffset, high } = await edgesOf(created.delivery.id)
    // Five, or more: what took Kafka too long to acknowledge is sent again.
    await pollUntil(() => Number(ours().at(-1)?.message.offset) === high - 1, {
      withinMs: 30_000,
      what: 'the last of its records',
    })
    expect(ours().length).toBeGreaterThanOrEqual(5)
    const visitor = visitInside(app.url)
    const { points, nextOffset } = await visitor.call('time:points', {
      deliveryId: created.delivery.id,
      fromOffset: firstOffset,
    })
    expect(nextOffset).toBe(high)
    expect(
      points.map(({ offset, timestampMs, location }) => [offset, timestampMs, location.seq, location.lat]),
    ).toEqual(
      ours().map(({ message: { offset, timestamp, value } }) => {
        const { seq, lat } = JSON.parse(String(value))
        return [Number(offset), Number(timestamp), seq, lat]
      }),
    )
    const later = await visitor.call('time:points', {
      deliveryId: created.delivery.id,
      fromOffset: points[2]?.offset ?? 0,
    })
    expect(later.points).toEqual(points.slice(2))
    expect(await visitor.call('time:points', { deliveryId: created.delivery.id, fromOffset: high })).toEqual({
      points: [],
      nextOffset: high,
    })
  })

  it('[TIME3] a moment leads to the first record that is not older', async () => {
    const { delivery } = await ridden(4)
    const { partition, firstOffset, high } = await edgesOf(delivery.id)
    const visitor = visitInside(app.url)
    const { points } = await visitor.call('time:points', { deliveryId: delivery.id, fromOffset: firstOffset })
    const moments = [...points.map(({ timestampMs }) => timestampMs), Date.now() + 1_000, 0]
    for (const timeMs of moments) {
      const { offset } = await visitor.call('time:offset-at', { deliveryId: delivery.id, timeMs })
      const kafkas = await admin.fetchTopicOffsetsByTimestamp(topic, timeMs)
      expect(offset).toBe(Number(kafkas.find((each) => each.partition === partition)?.offset))
    }
    const future = { deliveryId: delivery.id, timeMs: Date.now() + 1_000 }
    expect((await visitor.call('time:offset-at', future)).offset).toBe(high)
  })
})

describe('the retention lever', () => {
  it('[TIME4] moves the low end up to the last records, once at a time, and the history has every point as before', async () => {
    const created = await ridden(12)
    const deliveryId = created.delivery.id
    const before = await edgesOf(deliveryId)
    const visitor = visitInside(app.url)
    // Both at once: 2 s later it may be pulled again.
    const [{ low }, again] = await Promise.all([
      visitor.call('time:retain', { deliveryId, keep: 4 }),
      visitor.ask('call', 'time:retain', { deliveryId, keep: 4 }),
    ])
    expect(again).toMatchObject({ code: 'rate_limited' })
    const after = await kafkasEdges(before.partition)
    expect(after.low).toBe(low)
    expect(low).toBeGreaterThan(before.low)
    expect(low).toBe(Math.min(before.high - 4, after.committed))
    expect(after.high).toBe(before.high)
    expect(after.committed).toBe(before.committed)
    const { points } = await visitor.call('time:points', { deliveryId, fromOffset: before.firstOffset })
    expect(points.map(({ offset }) => offset)).toEqual([0, 1, 2, 3].map((n) => low + n))
    expect(points.at(-1)?.location.seq).toBe(12)
    expect(await visitor.call('journey:record', { partition: before.partition, offset: low - 1 })).toBeNull()
    expect(await storedSeqs(created)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  })

  it('[TIME5] is not there outside the demo', async () => {
    const service = await commonService()
    const dispatcher = visitInside(service.url, { token: service.dispatchToken })
    const retain = { deliveryId: 'any', keep: 1 }
    expect(await dispatcher.ask('call', 'time:retain', retain)).toMatchObject({ code: 'forbidden' })
  })
})
