import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { ErasedEvent } from '#contracts/topics.ts'
import { createErasureOutbox } from '#server/db/erasure-outbox.ts'
import { insertLocations } from '#server/db/locations.ts'
import type { Database } from '#server/db/open-database.ts'
import { erasePositions, inTurn } from '#server/db/retention.ts'
import { LiveDeliveries } from '#server/delivery/live-deliveries.ts'
import { startRelay } from '#server/delivery/relay.ts'
import { startRetention } from '#server/delivery/start-retention.ts'
import { ProblemError } from '#server/ground/problem-error.ts'
import { createMetrics } from '#server/metrics.ts'
import { startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { startBundledBroker } from '../support/bundled-broker.ts'
import {
  newDelivery,
  newLocation,
  openTestDatabase,
  SUBSCRIPTION,
  silent,
  storeDelivery,
} from '../support/database.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readMetric } from '../support/read-metric.ts'

const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)

type Ride = { status: DeliveryStatus; days: number; points?: number; pointDays?: number }

/** A delivery that came into this status so many days ago, with points from then or from `pointDays` ago. */
async function ride(db: Database, { status, days, points = 3, pointDays = days }: Ride): Promise<string> {
  const { id } = (
    await storeDelivery(
      db,
      newDelivery({
        id: randomUUID(),
        createdAtMs: daysAgo(days + 1).getTime(),
        store: { name: `Kitchen of ${randomUUID()}`, lat: 37.5, lng: 127 },
        destination: { name: `Door of ${days} days`, lat: 37.51, lng: 127.01 },
        riderName: `Rider of ${days} days, ${status}`,
        customerName: `Customer of ${days} days, ${status}`,
      }),
    )
  ).delivery
  const ended = status === 'delivered' || status === 'cancelled'
  await insertLocations(
    db,
    Array.from({ length: points }, (_, index) => {
      const receivedAtMs = daysAgo(pointDays).getTime()
      return newLocation(id, index + 1, { receivedAtMs, recordedAtMs: receivedAtMs })
    }),
  )
  const statusAt = daysAgo(days)
  await db.prisma.delivery.update({
    where: { id },
    data: { status, statusAt, endedAt: ended ? statusAt : null },
  })
  return id
}

const pointsOf = (db: Database, deliveryId: string) => db.prisma.location.count({ where: { deliveryId } })
const rowOf = (db: Database, id: string) => db.prisma.delivery.findUnique({ where: { id } })

it('[KEEP1] [KEEP2] [KEEP3] what is over goes after its time, once, though two instances are at it', async () => {
  const { db, databaseUrl } = await openTestDatabase()
  const rides = {
    fresh: await ride(db, { status: 'delivered', days: 6 }),
    // More than one step.
    long: await ride(db, { status: 'delivered', days: 8, points: 4_100 }),
    without: await ride(db, { status: 'cancelled', days: 8, points: 0 }),
    forgotten: await ride(db, { status: 'picked_up', days: 8 }),
    stillRiding: await ride(db, { status: 'picked_up', days: 8, pointDays: 1 }),
    // Its way was planned anew from where the rider was.
    replanned: await ride(db, { status: 'delivered', days: 8 }),
    old: await ride(db, { status: 'delivered', days: 21 }),
    oldForgotten: await ride(db, { status: 'accepted', days: 21 }),
    promised: await ride(db, { status: 'accepted', days: 22, points: 0 }),
  }
  await db.prisma.delivery.update({ where: { id: rides.promised }, data: { promisedAt: daysAgo(-1) } })
  await db.prisma.delivery.update({
    where: { id: rides.replanned },
    data: {
      route: [
        [37.512, 127.003],
        [37.51, 127.01],
      ],
      routed: true,
      routePlan: 1,
    },
  })
  const replanned = {
    route: [
      [37.512, 127.003],
      [37.51, 127.01],
    ],
    routeMs: 90_000,
    routePlan: 1,
    routeFromSeq: 2,
  }
  for (const id of [rides.forgotten, rides.stillRiding])
    await db.prisma.delivery.update({ where: { id }, data: replanned })
  // What receivers of webhooks were told has positions in it.
  for (const [id, days] of [
    [rides.fresh, 6],
    [rides.long, 8],
  ] as const) {
    const told = { eventId: `msg_${id}`, endpoint: 'a', type: 'delivery.delivered', body: '{}' }
    await db.prisma.webhookMessage.create({
      data: { ...told, deliveryId: id, occurredAt: daysAgo(days), createdAt: daysAgo(days) },
    })
  }
  for (const deliveryId of [rides.stillRiding, rides.old])
    await db.prisma.pushSubscription.create({ data: { ...SUBSCRIPTION, deliveryId } })
  // As of a process that ended in the middle of an erasure.
  await db.prisma.rider.create({ data: { name: 'Rider of nothing, 21 days' } })
  const env = {
    KAFKA_BROKERS: process.env[APP_KAFKA] ?? (await startBundledBroker()).address,
    KAFKA_PREFIX: `keep-${randomUUID()}.`,
    DATABASE_URL: databaseUrl,
    LOCATION_RETENTION_DAYS: '7',
    DELIVERY_RETENTION_DAYS: '20',
  }
  const apps = await Promise.all([startApp({ env }), startApp({ env })])
  await pollUntil(
    async () =>
      (await db.prisma.delivery.count()) === 7 && (await rowOf(db, rides.stillRiding))?.positionsErasedAt,
    { withinMs: 30_000, what: 'the end of the first look' },
  )
  expect(await pointsOf(db, rides.fresh)).toBe(3)
  for (const id of [rides.long, rides.without, rides.forgotten, rides.replanned]) {
    expect(await pointsOf(db, id)).toBe(0)
    expect((await rowOf(db, id))?.positionsErasedAt).not.toBeNull()
  }
  const subscribed = await db.prisma.pushSubscription.findMany({ select: { deliveryId: true } })
  expect(subscribed, '[NOTE3]').toEqual([{ deliveryId: rides.stillRiding }])
  const told = await db.prisma.webhookMessage.findMany({ select: { deliveryId: true } })
  expect(told, '[HOOK9]').toEqual([{ deliveryId: rides.fresh }])
  // Also of a delivery that nobody has ended.
  for (const id of [rides.replanned, rides.forgotten])
    expect(await rowOf(db, id)).toMatchObject({
      route: [
        [37.5, 127],
        [37.51, 127.01],
      ],
      ...{ routed: false, routeMs: null },
    })
  // A delivery that nobody has ended keeps what is younger.
  expect(await pointsOf(db, rides.stillRiding)).toBe(3)
  expect(await rowOf(db, rides.stillRiding)).toMatchObject({ ...replanned, routed: true })
  for (const id of [rides.old, rides.oldForgotten]) expect(await rowOf(db, id)).toBeNull()
  expect(await rowOf(db, rides.promised)).not.toBeNull()
  const names = async () =>
    JSON.stringify([await db.prisma.rider.findMany(), await db.prisma.customer.findMany()])
  await pollUntil(async () => !(await names()).includes('21 days'), {
    withinMs: 20_000,
    what: 'no name of what has gone',
  })
  expect(await names()).toContain('8 days')

  const erased = async (what: string) => {
    const counts = await Promise.all(
      apps.map(({ url }) => readMetric(url, 'rider_live_retention_erased_total', `what="${what}"`)),
    )
    return counts.reduce((sum, count) => sum + count, 0)
  }
  // Those of the two oldest went as positions first.
  expect(await erased('positions')).toBe(4_100 + 3 + 3 + 3 + 3)
  expect(await erased('deliveries')).toBe(2)
})

it('[KEEP3] one instance at a time: while one is at it, another does nothing', async () => {
  const { db } = await openTestDatabase()
  const done: string[] = []
  const first = await inTurn(db, async () => {
    expect(await inTurn(db, async () => void done.push('second'))).toBe(false)
    done.push('first')
  })
  expect(first).toBe(true)
  expect(done).toEqual(['first'])
  await expect(inTurn(db, () => Promise.reject(new Error('it fails')))).rejects.toThrow('it fails')
  expect(await inTurn(db, async () => void done.push('third'))).toBe(true)
})

it('[KEEP4] positions that were erased are not stored again when the log is read again', async () => {
  const { db } = await openTestDatabase()
  const [over, riding] = [
    await ride(db, { status: 'delivered', days: 40 }),
    await ride(db, { status: 'picked_up', days: 40 }),
  ]
  const before = daysAgo(30).getTime()
  for (let more = true; more; ) ({ more } = await erasePositions(db, before))
  const again = [
    newLocation(over, 1),
    newLocation(over, 9),
    newLocation('nobody', 1),
    newLocation(riding, 10),
  ]
  expect(await insertLocations(db, again)).toMatchObject({
    inserted: 1,
    duplicates: 2,
    conflicts: [],
    unknown: [{ deliveryId: 'nobody' }],
  })
  expect([await pointsOf(db, over), await pointsOf(db, riding)]).toEqual([0, 1])
})

it('[KEEP7] while Kafka is away what is over goes all the same, and Kafka is told later', async () => {
  const { db } = await openTestDatabase()
  const [over, old] = [
    await ride(db, { status: 'delivered', days: 8 }),
    await ride(db, { status: 'delivered', days: 21 }),
  ]
  let isAway = true
  const published: string[] = []
  const erased = async ({ deliveryId }: ErasedEvent) => {
    if (isAway) throw new ProblemError('log_unavailable', { detail: 'Kafka is away.' })
    published.push(deliveryId)
  }
  const relay = startRelay({ outbox: createErasureOutbox(db), publish: erased, logger: silent })
  const retention = startRetention({
    ...{ config: { retention: { locationDays: 7, deliveryDays: 20 } }, db, relay },
    ...{
      live: new LiveDeliveries(async () => null),
      metrics: createMetrics('keep'),
      logger: silent,
      now: Date.now,
    },
  })
  onTestFinished(async () => void (await Promise.all([retention.stop(), relay.stop()])))
  await pollUntil(async () => (await rowOf(db, old)) === null && (await pointsOf(db, over)) === 0, {
    withinMs: 20_000,
    what: 'what is over gone',
  })
  expect(published).toEqual([])
  isAway = false
  await pollUntil(() => published.length > 0, { withinMs: 20_000, what: 'Kafka told' })
  expect(published).toEqual([old])
})
