import type { Location } from '#contracts/location.ts'
import type { Database } from './database.ts'
import { toLocation } from './to-location.ts'

export { type InsertedLocations, insertLocations } from './insert-locations.ts'

export type LocationQuery = {
  deliveryId: string
  /** Only locations after this seq; 0 for all. */
  afterSeq: number
  /** Only locations from this seq on: what the reader may see. */
  minSeq: number
  limit: number
}

/** Locations of a delivery in order of seq. */
export async function listLocations(db: Database, query: LocationQuery): Promise<Location[]> {
  const rows = await db.prisma.location.findMany({
    where: { deliveryId: query.deliveryId, seq: { gt: query.afterSeq, gte: query.minSeq } },
    orderBy: { seq: 'asc' },
    take: query.limit,
  })
  return rows.map(toLocation)
}

/** The location with the highest seq. */
export async function lastLocation(db: Database, deliveryId: string): Promise<Location | null> {
  const row = await db.prisma.location.findFirst({ where: { deliveryId }, orderBy: { seq: 'desc' } })
  return row && toLocation(row)
}
