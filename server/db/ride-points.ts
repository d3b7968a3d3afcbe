import type { Location } from '#contracts/location.ts'
import { SLOT_MS } from '#domain/ride-progress.ts'
import type { Location as Row } from '../../generated/prisma/client.ts'
import type { Database } from './database.ts'
import { toLocation } from './to-location.ts'

/** An hour of a ride: what is longer ago says little of the next minutes. */
const MOST_POINTS = 720

/**
 * The points of a ride that its progress follows from (domain/ride-progress.ts): those believed, from this number on, the
 * first to come in of each slot of time, of the last hour.
 */
export async function listRidePoints(db: Database, deliveryId: string, fromSeq: number): Promise<Location[]> {
  const rows = await db.prisma.$queryRaw<Row[]>`
    SELECT DISTINCT ON (slot)
      delivery_id AS "deliveryId", seq, lat, lng, recorded_at AS "recordedAt", received_at AS "receivedAt",
      accuracy_m AS "accuracyM", heading_deg AS "headingDeg", speed_mps AS "speedMps", implausible
    FROM (
      SELECT *, floor(extract(epoch FROM recorded_at) * 1000 / ${SLOT_MS}::int) AS slot
      FROM locations
      WHERE delivery_id = ${deliveryId} AND seq >= ${fromSeq}::int AND NOT implausible
    ) AS points
    ORDER BY slot DESC, received_at, seq
    LIMIT ${MOST_POINTS}::int`
  return rows.map(toLocation)
}
