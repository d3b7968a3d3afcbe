import type { Location } from '#contracts/location.ts'
import { SLOT_MS } from '#domain/ride-progress.ts'
import type { Database } from './database.ts'
import { LOCATION_COLUMNS, type LocationRow, toLocation } from './location-row.ts'

/** An hour of a ride: older points say little about the next minutes. */
const MOST_POINTS = 720

/**
 * The points of rides that their progress follows from (domain/ride-progress.ts): those believed, from this number on, the
 * first to come in of each slot of time, of the last hour. By delivery; one statement for all.
 */
export async function listRidePoints(
  { prisma }: Database,
  rides: readonly { id: string; fromSeq: number }[],
): Promise<Map<string, Location[]>> {
  const rows = await prisma.$queryRaw<LocationRow[]>`
    SELECT found.* FROM unnest(
      ${rides.map(({ id }) => id)}::text[], ${rides.map(({ fromSeq }) => fromSeq)}::int[]
    ) AS rides (id, from_seq)
    CROSS JOIN LATERAL (
      SELECT DISTINCT ON (slot) ${LOCATION_COLUMNS} FROM (
        SELECT *, floor(extract(epoch FROM recorded_at) * 1000 / ${SLOT_MS}::int) AS slot
        FROM locations WHERE delivery_id = rides.id AND seq >= from_seq AND NOT implausible
      ) AS points
      ORDER BY slot DESC, received_at, seq LIMIT ${MOST_POINTS}::int
    ) AS found`
  const byDelivery = new Map<string, Location[]>(rides.map(({ id }) => [id, []]))
  for (const row of rows) byDelivery.get(row.deliveryId)?.push(toLocation(row))
  return byDelivery
}
