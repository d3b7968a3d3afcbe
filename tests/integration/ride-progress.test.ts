import { describe, expect, it } from 'vitest'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { routeLengthM } from '#domain/route.ts'
import { changeStatus } from '#server/db/change-status.ts'
import { insertFinishedRide, lastFinishedRide, listFinishedRides } from '#server/db/finished-rides.ts'
import { insertLocations } from '#server/db/locations.ts'
import { createLearning } from '#server/delivery/learn-from-rides.ts'
import { LiveDeliveries } from '#server/delivery/live-deliveries.ts'
import { createLoad } from '#server/delivery/load-deliveries.ts'
import { takeSnapshot } from '#server/delivery/snapshot.ts'
import { createMetrics } from '#server/metrics.ts'
import { startApp } from '../support/app.ts'
import { findDelivery, newDelivery, openTestDatabase, silent, storeDelivery } from '../support/database.ts'
import { pollUntil } from '../support/poll-until.ts'
import { visitInside } from '../support/visitor.ts'
import { pointsOf, START_MS } from '../unit/domain/ride.ts'

const ROUTE: LatLng[] = [
  [37.5, 127],
  [37.51, 127.001],
  [37.5, 127],
  [37.49, 127.002],
]
/** The point before the pick-up is the one known then. */
const PICKED_UP_SEQ = 4

describe('the progress of a ride', async () => {
  const { db } = await openTestDatabase()
  const createLive = () => new LiveDeliveries(createLoad(db))

  it.each([1, 2, 5])(
    '[ETA9] is the same after a restart and on an instance that looks it up later, reported every %s s',
    async (everySeconds) => {
      const { delivery } = await storeDelivery(db, newDelivery({ route: ROUTE, createdAtMs: START_MS }))
      const pickUp = { visibleFromSeq: PICKED_UP_SEQ, visibleSeqTold: true }
      const pickedUp = {
        deliveryId: delivery.id,
        from: 'accepted',
        to: 'picked_up',
        atMs: START_MS + 1,
        pickUp,
      } as const
      await changeStatus(db, pickedUp)

      // A ride with a stop, implausible points in it, and one that comes late.
      const alongM = (at: number) => 7 * (at - Math.min(Math.max(at - 100, 0), 50))
      const points = pointsOf(ROUTE, alongM, { seconds: 300, everySeconds, noiseM: 4 }).map(
        (point): Location => ({
          ...point,
          deliveryId: delivery.id,
          ...(point.seq % 17 === 0 && { lat: 0, lng: 0, implausible: true as const }),
        }),
      )
      const late = points.splice(20, 1).map((point) => ({ ...point, receivedAtMs: START_MS + 400_000 }))
      await insertLocations(db, [...points, ...late])

      const follower = createLive()
      await follower.get(delivery.id)
      const live = createLive()
      for (const point of [...points, ...late]) live.noteLocation(point)
      const inOrder = new LiveDeliveries(async (id) => {
        const record = await findDelivery(db, id)
        return record && { record, newest: [], ridePoints: [] }
      })
      await inOrder.get(delivery.id)
      for (const point of [...points, ...late]) inOrder.noteLocation(point)

      const nowMs = START_MS + 300_000
      const shown = async (of: LiveDeliveries) => takeSnapshot(await of.get(delivery.id), 'customer', nowMs)
      const asItHappened = await shown(inOrder)
      expect(asItHappened.eta).not.toBeNull()
      expect((await inOrder.get(delivery.id)).progress?.lastSeq).toBeGreaterThan(50)
      expect((await follower.get(delivery.id)).progress).toEqual((await inOrder.get(delivery.id)).progress)
      expect((await live.get(delivery.id)).progress).toEqual((await inOrder.get(delivery.id)).progress)
      expect((await shown(follower)).eta).toEqual(asItHappened.eta)
    },
  )

  it('[ETA9] counts nothing from before the pick-up', async () => {
    const { delivery } = await storeDelivery(db, newDelivery({ route: ROUTE, createdAtMs: START_MS }))
    const live = createLive()
    const points = pointsOf(ROUTE, (at) => at * 7, { seconds: 60 }).map((point) => ({
      ...point,
      deliveryId: delivery.id,
    }))
    await live.get(delivery.id)
    for (const point of points.slice(0, PICKED_UP_SEQ)) live.noteLocation(point)
    expect((await live.get(delivery.id)).progress).toBeNull()
    live.noteStatus({
      v: 1,
      deliveryId: delivery.id,
      status: 'picked_up',
      atMs: START_MS + 16_000,
      visibleFromSeq: PICKED_UP_SEQ,
      visibleSeqTold: true,
      pickedUpAtMs: START_MS + 16_000,
    })
    expect((await live.get(delivery.id)).progress).toMatchObject({ lastSeq: PICKED_UP_SEQ, movingMs: 0 })
    for (const point of points) live.noteLocation(point)
    expect((await live.get(delivery.id)).progress).toMatchObject({ lastSeq: points.length })
  })

  it('[ETA10] is learned from once when the order is delivered, and told in the metrics', async () => {
    const straight = ROUTE.slice(0, 2)
    const { delivery } = await storeDelivery(db, newDelivery({ route: straight, createdAtMs: START_MS }))
    const { id } = delivery
    const pickUp = { visibleFromSeq: 1, visibleSeqTold: true }
    await changeStatus(db, { deliveryId: id, from: 'accepted', to: 'picked_up', atMs: START_MS + 1, pickUp })
    // Half of the ride is stored, the other half only remembered.
    const alongM = (at: number) => Math.min(at * 5, routeLengthM(straight))
    const points = pointsOf(straight, alongM, { seconds: 260 }).map((point) => ({ ...point, deliveryId: id }))
    await insertLocations(db, points.slice(0, 30))
    const live = createLive()
    await live.get(id)
    for (const point of points) live.noteLocation(point)

    const metrics = createMetrics('one')
    const now = () => START_MS + 300_000
    const learning = createLearning({ db, metrics, logger: silent, now })
    const deliver = async () => {
      const event = {
        v: 1,
        deliveryId: id,
        status: 'delivered',
        atMs: now(),
        ...pickUp,
        pickedUpAtMs: null,
      } as const
      live.noteStatus(event)
      return 'delivered'
    }
    // Two calls at once, as of a rider's page that repeats one, and one after the end.
    const calls = [1, 2].map(() => learning.afterDelivery(live, id, deliver))
    expect(await Promise.all(calls)).toEqual(['delivered', 'delivered'])
    const learned = () => listFinishedRides(db)
    const [ride] = await pollUntil(async () => ((await learned()).length > 0 ? await learned() : null), {
      withinMs: 10_000,
      what: 'the ride to be learned from',
    })
    await learning.afterDelivery(live, id, deliver)
    expect(await learned()).toHaveLength(1)
    expect(ride?.paceMps).toBeGreaterThan(4.8)
    expect(ride?.paceMps).toBeLessThan(5.2)
    const told = async (minutesToGo: string) => {
      const { values } = await metrics.etaError.get()
      return values.find(
        ({ metricName, labels }) =>
          metricName === 'rider_live_eta_error_seconds_count' && labels.minutes_to_go === minutesToGo,
      )?.value
    }
    await pollUntil(() => told('0-3'), { withinMs: 10_000, what: 'the error to be told' })
    expect(await Promise.all(['0-3', '3-6', '10-15'].map(told))).toEqual([1, 1, 0])
    expect(await lastFinishedRide(db)).toMatchObject({ endedAtMs: now(), heldShare: 1 })
  })
})

it('[JOUR9] the error of the last finished ride is told inside, once there is one', async () => {
  const { db, databaseUrl } = await openTestDatabase()
  const app = await startApp({ env: { DATABASE_URL: databaseUrl } })
  const visitor = visitInside(app.url)
  expect(await visitor.call('journey:last-arrival', {})).toBeNull()
  const ride = { paceMps: 7, rangeNeed: 0.8, wayM: 2_000, tookMs: 300_000, stops: 1, heldShare: 0.97 }
  for (const [endedAtMs, lateBySeconds] of [
    [START_MS, 12.5],
    [START_MS - 60_000, 99],
  ] as const) {
    const { delivery } = await storeDelivery(db, newDelivery({ createdAtMs: START_MS - 900_000 }))
    const errors = [{ minutesToGo: '3-6', lateBySeconds } as const]
    expect(await insertFinishedRide(db, delivery.id, endedAtMs, { ...ride, errors })).toBe(true)
    expect(await insertFinishedRide(db, delivery.id, endedAtMs, { ...ride, errors })).toBe(false)
  }
  expect(await visitor.call('journey:last-arrival', {})).toEqual({
    endedAtMs: START_MS,
    heldShare: 0.97,
    errors: [{ minutesToGo: '3-6', lateBySeconds: 12.5 }],
  })
})
