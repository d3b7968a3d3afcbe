import { describe, expect, it } from 'vitest'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { changeStatus } from '#server/db/change-status.ts'
import { createDelivery, findDelivery } from '#server/db/deliveries.ts'
import { insertLocations, newestLocations } from '#server/db/locations.ts'
import { listRidePoints } from '#server/db/ride-points.ts'
import { LiveDeliveries } from '#server/delivery/live-deliveries.ts'
import { takeSnapshot } from '#server/delivery/snapshot.ts'
import { newDelivery, openTestDatabase } from '../support/database.ts'
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
  const createLive = () =>
    new LiveDeliveries(async (id) => {
      const record = await findDelivery(db, id)
      if (!record) return null
      const ridePoints = await listRidePoints(db, id, record.visibleFromSeq ?? 1)
      return { record, newest: await newestLocations(db, id, record), ridePoints }
    })

  it.each([1, 2, 5])(
    '[ETA9] is the same after a restart and on an instance that looks it up later, reported every %s s',
    async (everySeconds) => {
      const { delivery } = await createDelivery(db, newDelivery({ route: ROUTE, createdAtMs: START_MS }))
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
    const { delivery } = await createDelivery(db, newDelivery({ route: ROUTE, createdAtMs: START_MS }))
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
})
