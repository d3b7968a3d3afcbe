import type { Location } from '#contracts/location.ts'
import { sameFix } from '#domain/accept-fix.ts'
import type { Database } from './database.ts'
import { isStorableText } from './is-storable-text.ts'
import { LOCATION_COLUMNS, type LocationRow, toLocation } from './location-row.ts'

/** The end of the year 9999: later ones PostgreSQL prints in a way that its drivers do not read. */
const LATEST_MS = 253_402_300_799_999

export type InsertedLocations = {
  inserted: number
  /** Known already, with the same content; or stored once, and erased by retention since. */
  duplicates: number
  /** Known already under the same delivery and seq, with other content. The first content stays. */
  conflicts: Location[]
  /** Of no delivery in this database. */
  unknown: Location[]
}

/**
 * Stores a batch in one statement, each (delivery, seq) once, and says what became of every element: the four numbers
 * of the answer add up to the batch. Sending the same batch again is harmless.
 */
export async function insertLocations(db: Database, locations: Location[]): Promise<InsertedLocations> {
  const storable = locations.filter(({ deliveryId }) => isStorableText(deliveryId))
  const { firsts, repeats } = splitRepeats(storable)
  const inserted = firsts.length === 0 ? 0 : await insertNew(db, firsts)
  const unknown = locations.filter(({ deliveryId }) => !isStorableText(deliveryId))
  const result: InsertedLocations = { inserted, duplicates: 0, conflicts: [], unknown }
  if (inserted === storable.length) return result

  const stored = await findStored(db, firsts)
  // What was just inserted is found equal to itself here; taken off again below.
  for (const location of [...firsts, ...repeats]) {
    const known = stored.get(keyOf(location))
    if (!known) result.unknown.push(location)
    else if (sameFix(known, location)) result.duplicates++
    else result.conflicts.push(location)
  }
  result.duplicates -= inserted
  const erased = result.unknown.length > 0 ? await findErased(db, result.unknown) : NOTHING_ERASED
  const stillUnknown = result.unknown.filter(({ deliveryId }) => !erased.has(deliveryId))
  result.duplicates += result.unknown.length - stillUnknown.length
  return { ...result, unknown: stillUnknown }
}

const NOTHING_ERASED: ReadonlySet<string> = new Set()

/** Deliveries whose positions were over and have been erased: what a log that is read again brings of them stays out. */
async function findErased({ prisma }: Database, locations: Location[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(locations.map(({ deliveryId }) => deliveryId))].filter(isStorableText)
  const found = await prisma.delivery.findMany({
    where: { id: { in: ids }, endedAt: { not: null }, positionsErasedAt: { not: null } },
    select: { id: true },
  })
  return new Set(found.map(({ id }) => id))
}

/**
 * Arrays as parameters keep the statement the same for every batch size, and cost the client a fraction of what a
 * parameter for each value does. Rows go in by key, so that two batches that overlap cannot wait for each other in a circle.
 */
const INSERT_NEW = `
  WITH given AS (
    SELECT * FROM unnest(
      $1::text[], $2::int[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::float8[], $8::float8[],
      $9::float8[], $10::boolean[]
    ) AS g (delivery_id, seq, lat, lng, recorded_ms, received_ms, accuracy_m, heading_deg, speed_mps, implausible)
  ), inserted AS (
    INSERT INTO locations
      (delivery_id, seq, lat, lng, recorded_at, received_at, accuracy_m, heading_deg, speed_mps, implausible)
    SELECT
      given.delivery_id, given.seq, given.lat, given.lng,
      timestamptz 'epoch' + least(given.recorded_ms, ${LATEST_MS}) * interval '1 millisecond',
      timestamptz 'epoch' + least(given.received_ms, ${LATEST_MS}) * interval '1 millisecond',
      given.accuracy_m, given.heading_deg, given.speed_mps, given.implausible
    FROM given JOIN deliveries ON deliveries.id = given.delivery_id
    WHERE deliveries.positions_erased_at IS NULL OR deliveries.ended_at IS NULL
    ORDER BY given.delivery_id, given.seq
    ON CONFLICT DO NOTHING
    RETURNING 1
  )
  SELECT count(*)::int AS inserted FROM inserted`

async function insertNew({ rows }: Database, locations: Location[]): Promise<number> {
  const [counted] = await rows<{ inserted: number }>(INSERT_NEW, [
    locations.map((l) => l.deliveryId),
    arrayOf(locations.map((l) => l.seq)),
    arrayOf(locations.map((l) => l.lat)),
    arrayOf(locations.map((l) => l.lng)),
    arrayOf(locations.map((l) => l.recordedAtMs)),
    arrayOf(locations.map((l) => l.receivedAtMs)),
    arrayOf(locations.map((l) => l.accuracyM)),
    arrayOf(locations.map((l) => l.headingDeg)),
    arrayOf(locations.map((l) => l.speedMps)),
    arrayOf(locations.map((l) => l.implausible ?? false)),
  ])
  return counted?.inserted ?? 0
}

/** PostgreSQL's own spelling: numbers need no quotes, with which the driver would surround each of them. */
function arrayOf(values: readonly (number | boolean | undefined)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`
}

async function findStored({ prisma }: Database, locations: Location[]): Promise<Map<string, Location>> {
  const rows = await prisma.$queryRaw<LocationRow[]>`
    SELECT ${LOCATION_COLUMNS} FROM locations
    JOIN unnest(${locations.map((l) => l.deliveryId)}::text[], ${locations.map((l) => l.seq)}::int[])
      AS given (delivery_id, seq) USING (delivery_id, seq)`
  return new Map(rows.map(toLocation).map((location) => [keyOf(location), location]))
}

/** Of several elements with the same key the first is the one to store. */
function splitRepeats(locations: Location[]): { firsts: Location[]; repeats: Location[] } {
  const seen = new Set<string>()
  const firsts: Location[] = []
  const repeats: Location[] = []
  for (const location of locations) {
    const key = keyOf(location)
    ;(seen.has(key) ? repeats : firsts).push(location)
    seen.add(key)
  }
  return { firsts, repeats }
}

/** The seq comes first because it has no space; a delivery id might. */
function keyOf({ seq, deliveryId }: Location): string {
  return `${seq} ${deliveryId}`
}
