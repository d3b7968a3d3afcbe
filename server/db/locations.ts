import type { Location } from '#contracts/location.ts'
import type { ViewBegins } from '#domain/visibility.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { Database } from './database.ts'
import { toLocation } from './to-location.ts'

export { insertLocations } from './insert-locations.ts'

export type LocationQuery = {
  deliveryId: string
  /** Only locations after this seq; 0 for all. */
  afterSeq: number
  /** Only what a customer may see. */
  visible?: ViewBegins | undefined
  limit: number
}

/** Locations of a delivery in order of seq. */
export async function listLocations(db: Database, query: LocationQuery): Promise<Location[]> {
  const { deliveryId, afterSeq, visible, limit } = query
  const rows = await db.prisma.location.findMany({
    where: { deliveryId, seq: { gt: afterSeq }, ...(visible && whereVisible(visible)) },
    orderBy: { seq: 'asc' },
    take: limit,
  })
  return rows.map(toLocation)
}

/** Those of these numbers that are stored. */
export async function findLocations(db: Database, deliveryId: string, seqs: number[]): Promise<Location[]> {
  const rows = await db.prisma.location.findMany({ where: { deliveryId, seq: { in: seqs } } })
  return rows.map(toLocation)
}

/**
 * The newest location by seq; the newest that was believed, where that is another; and the newest believed one that a
 * customer may see, where that is still another. Usually one query.
 */
export async function newestLocations(
  db: Database,
  deliveryId: string,
  view: ViewBegins,
): Promise<Location[]> {
  const newest = async (where: Prisma.LocationWhereInput) => {
    const row = await db.prisma.location.findFirst({
      where: { deliveryId, ...where },
      orderBy: { seq: 'desc' },
    })
    return row ? [toLocation(row)] : []
  }
  const [last] = await newest({})
  if (!last) return []
  const believed = last.implausible ? await newest({ implausible: false }) : []
  const isClockAsked = view.visibleFromSeq !== null && !view.visibleSeqTold
  const shown = isClockAsked ? await newest({ implausible: false, ...whereVisible(view) }) : []
  return [last, ...believed, ...shown]
}

/** As `isLocationVisible` in domain/visibility.ts, whatever the status. */
function whereVisible({
  visibleFromSeq,
  visibleSeqTold,
  pickedUpAtMs,
}: ViewBegins): Prisma.LocationWhereInput {
  const seq = { gte: visibleFromSeq ?? 1 }
  if (visibleSeqTold || pickedUpAtMs === null || visibleFromSeq === null) return { AND: [{ seq }] }
  const pickedUpAt = new Date(pickedUpAtMs)
  return {
    AND: [{ seq }],
    OR: [{ recordedAt: { gte: pickedUpAt } }, { seq: visibleFromSeq, receivedAt: { lte: pickedUpAt } }],
  }
}
