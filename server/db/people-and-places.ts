import { randomUUID } from 'node:crypto'
import type { Place } from '#contracts/place.ts'
import type { Database } from './database.ts'

/**
 * The demo knows its riders and customers by name only. Names are not identities, so the tables do not insist that they
 * are unique, and two first deliveries at the same moment may make two of them: harmless here. A real dispatch sends ids.
 */
export async function findOrCreateRider({ prisma }: Database, name: string): Promise<string> {
  const known = await prisma.rider.findFirst({ where: { name }, select: { id: true } })
  return (known ?? (await prisma.rider.create({ data: { name } }))).id
}

export async function findOrCreateCustomer({ prisma }: Database, name: string): Promise<string> {
  const known = await prisma.customer.findFirst({ where: { name }, select: { id: true } })
  return (known ?? (await prisma.customer.create({ data: { name } }))).id
}

/** A name at a place is one store, also when several deliveries bring a new one at the same moment. */
export async function findOrCreateStore({ prisma }: Database, store: Place): Promise<string> {
  const { name, lat, lng } = store
  // Prisma's `upsert` looks first and inserts then, and the second of two at once fails. The update that changes
  // nothing makes PostgreSQL answer the row that is there.
  const [row] = await prisma.$queryRaw<{ id: string }[]>`
    INSERT INTO stores (id, name, lat, lng) VALUES (${randomUUID()}::uuid, ${name}, ${lat}, ${lng})
    ON CONFLICT (name, lat, lng) DO UPDATE SET name = EXCLUDED.name
    RETURNING id::text`
  if (!row) throw new Error('INSERT … RETURNING answered no row')
  return row.id
}
