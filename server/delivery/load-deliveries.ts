import { findDeliveries } from '../db/deliveries.ts'
import { gathered } from '../db/gathered.ts'
import { newestLocations } from '../db/locations.ts'
import type { Database } from '../db/open-database.ts'
import { listRidePoints } from '../db/ride-points.ts'
import type { Load } from './live-deliveries.ts'

/** Loads deliveries from the database. After a start thousands are asked for at once: many share one statement. */
export function createLoad(db: Database): Load {
  return gathered(async (deliveryIds) => {
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
}
