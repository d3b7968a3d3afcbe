import { findDeliveries } from '../db/deliveries.ts'
import { gathered } from '../db/gathered.ts'
import { newestLocations } from '../db/locations.ts'
import type { Database } from '../db/open-database.ts'
import { listRidePoints } from '../db/ride-points.ts'
import { Turns } from '../ground/turns.ts'
import type { Load } from './live-deliveries.ts'

/** Loads deliveries from the database. After a start thousands are asked for at once: many share one statement. */
export function createLoad(db: Database): Load {
  const turns = new Turns()
  const look = gathered(async (deliveryIds: readonly string[]) => {
    const records = await findDeliveries(db, [...new Set(deliveryIds)])
    const rides = records.flatMap(({ delivery: { id }, visibleFromSeq: fromSeq, endedAtMs }) =>
      fromSeq !== null && endedAtMs === null ? [{ id, fromSeq }] : [],
    )
    const [newest, ridePoints] = await Promise.all([
      newestLocations(
        db,
        records.map((record) => ({ id: record.delivery.id, view: record })),
      ),
      rides.length > 0 ? listRidePoints(db, rides) : undefined,
    ])
    const found = new Map(
      records.map((record, i) => {
        const { id } = record.delivery
        return [id, { record, newest: newest[i] ?? [], ridePoints: ridePoints?.get(id) ?? [] }]
      }),
    )
    return deliveryIds.map((id) => found.get(id) ?? null)
  })
  return async (deliveryId) => {
    const found = await look(deliveryId)
    // Following a ride of an hour takes milliseconds, and a statement brings up to fifty.
    await turns.take()
    return found
  }
}
