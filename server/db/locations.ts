import type { Location } from '#contracts/location.ts'
import type { ViewBegins } from '#domain/visibility.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Database } from './database.ts'
import { LOCATION_COLUMNS, type LocationRow, toLocation } from './location-row.ts'

export { insertLocations } from './insert-locations.ts'

export type LocationQuery = {
  deliveryId: string
  /** Only locations after this seq; 0 for all. */
  afterSeq: number
  /** Only what a customer may see. */
  visible?: ViewBegins | undefined
  limit: number
}

/** For each query the locations of its delivery, in order of seq; all in one statement. */
export async function listLocations(
  { prisma }: Database,
  queries: readonly LocationQuery[],
): Promise<Location[][]> {
  const rows = await prisma.$queryRaw<(LocationRow & { n: number })[]>`
    SELECT n::int, found.* FROM unnest(
      ${queries.map(({ deliveryId }) => deliveryId)}::text[],
      ${queries.map(({ afterSeq }) => afterSeq)}::int[],
      ${queries.map(({ limit }) => limit)}::int[],
      ${queries.map(({ visible }) => visible?.visibleFromSeq ?? null)}::int[],
      ${queries.map(({ visible }) => (visible ? clockOf(visible) : null))}::float8[]
    ) WITH ORDINALITY AS asked (delivery_id, after_seq, most, from_seq, picked_up_ms, n)
    CROSS JOIN LATERAL (
      SELECT ${LOCATION_COLUMNS} FROM locations
      WHERE locations.delivery_id = asked.delivery_id AND seq > after_seq AND ${VISIBLE}
      ORDER BY seq LIMIT most
    ) AS found
    ORDER BY n, seq`
  return sorted(rows, queries.length)
}

/** Those of these numbers that are stored. */
export async function findLocations(db: Database, deliveryId: string, seqs: number[]): Promise<Location[]> {
  const rows = await db.prisma.location.findMany({ where: { deliveryId, seq: { in: seqs } } })
  return rows.map(toLocation)
}

/**
 * For each delivery, by the way it is to be seen: the newest location by seq; the newest that was believed, where that is
 * another; and the newest believed one that a customer may see, where that is still another. One statement for all.
 */
export async function newestLocations(
  { prisma }: Database,
  deliveries: readonly { id: string; view: ViewBegins }[],
): Promise<Location[][]> {
  const rows = await prisma.$queryRaw<(LocationRow & { n: number })[]>`
    SELECT n::int, found.* FROM unnest(
      ${deliveries.map(({ id }) => id)}::text[],
      ${deliveries.map(({ view }) => view.visibleFromSeq)}::int[],
      ${deliveries.map(({ view }) => clockOf(view))}::float8[]
    ) WITH ORDINALITY AS asked (delivery_id, from_seq, picked_up_ms, n)
    CROSS JOIN LATERAL (
      (SELECT ${LOCATION_COLUMNS} FROM locations
        WHERE locations.delivery_id = asked.delivery_id ORDER BY seq DESC LIMIT 1)
      UNION
      (SELECT ${LOCATION_COLUMNS} FROM locations
        WHERE locations.delivery_id = asked.delivery_id AND NOT implausible ORDER BY seq DESC LIMIT 1)
      UNION
      (SELECT ${LOCATION_COLUMNS} FROM locations
        WHERE locations.delivery_id = asked.delivery_id AND NOT implausible
          AND picked_up_ms IS NOT NULL AND ${VISIBLE}
        ORDER BY seq DESC LIMIT 1)
    ) AS found
    ORDER BY n, seq DESC`
  return sorted(rows, deliveries.length)
}

/** As `isLocationVisible` in domain/visibility.ts, for every status. */
const VISIBLE = Prisma.raw(`
  seq >= coalesce(from_seq, 1) AND (
    picked_up_ms IS NULL
    OR recorded_at >= timestamptz 'epoch' + picked_up_ms * interval '1 millisecond'
    OR (seq = from_seq AND received_at <= timestamptz 'epoch' + picked_up_ms * interval '1 millisecond')
  )`)

/** When the order was picked up, if that decides what is seen. */
function clockOf({ visibleFromSeq, visibleSeqTold, pickedUpAtMs }: ViewBegins): number | null {
  return visibleSeqTold || visibleFromSeq === null ? null : pickedUpAtMs
}

/** By `n`, the number of the question, from one. */
function sorted(rows: readonly (LocationRow & { n: number })[], count: number): Location[][] {
  const answers: Location[][] = Array.from({ length: count }, () => [])
  for (const row of rows) answers[row.n - 1]?.push(toLocation(row))
  return answers
}
