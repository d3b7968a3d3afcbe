import { randomUUID } from 'node:crypto'
import type { Place } from '#contracts/place.ts'
import type { Database } from './database.ts'

type Wanted = { store: Place; riderName?: string | undefined; customerName?: string | undefined }
type Found = { storeId: string; riderId: string | null; customerId: string | null }

/**
 * The store, the rider and the customer of a new delivery, in one statement; those that are not there yet are created.
 *
 * A name at a place is one store, also when several deliveries bring a new one at the same moment: the update that changes
 * nothing makes PostgreSQL return the row that is there. Riders and customers are known by name only. Names are not
 * identities, so the tables do not insist that they are unique, and two first deliveries at the same moment may make two of
 * them: harmless, as nothing is told of one that is not told of the delivery.
 */
export async function findOrCreatePeopleAndPlaces({ prisma }: Database, wanted: Wanted): Promise<Found> {
  const { name, lat, lng } = wanted.store
  // An empty name is no name.
  const [riderName, customerName] = [wanted.riderName || null, wanted.customerName || null]
  const [row] = await prisma.$queryRaw<Found[]>`
    WITH known_store AS (
      SELECT id FROM stores WHERE name = ${name} AND lat = ${lat} AND lng = ${lng}
    ), new_store AS (
      INSERT INTO stores (id, name, lat, lng)
      SELECT ${randomUUID()}::uuid, ${name}, ${lat}, ${lng} WHERE NOT EXISTS (SELECT FROM known_store)
      ON CONFLICT (name, lat, lng) DO UPDATE SET name = EXCLUDED.name
      RETURNING id
    ), known_rider AS (
      SELECT id FROM riders WHERE name = ${riderName}::text LIMIT 1
    ), new_rider AS (
      INSERT INTO riders (id, name)
      SELECT ${randomUUID()}::uuid, ${riderName}::text
      WHERE ${riderName}::text IS NOT NULL AND NOT EXISTS (SELECT FROM known_rider)
      RETURNING id
    ), known_customer AS (
      SELECT id FROM customers WHERE name = ${customerName}::text LIMIT 1
    ), new_customer AS (
      INSERT INTO customers (id, name)
      SELECT ${randomUUID()}::uuid, ${customerName}::text
      WHERE ${customerName}::text IS NOT NULL AND NOT EXISTS (SELECT FROM known_customer)
      RETURNING id
    )
    SELECT
      (SELECT id::text FROM known_store UNION ALL SELECT id::text FROM new_store) AS "storeId",
      (SELECT id::text FROM known_rider UNION ALL SELECT id::text FROM new_rider) AS "riderId",
      (SELECT id::text FROM known_customer UNION ALL SELECT id::text FROM new_customer) AS "customerId"`
  if (!row) throw new Error('A SELECT without FROM returned no row')
  return row
}
