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

/** A name at a place is one store. */
export async function findOrCreateStore({ prisma }: Database, store: Place): Promise<string> {
  const { name, lat, lng } = store
  const row = await prisma.store.upsert({
    where: { name_lat_lng: { name, lat, lng } },
    create: { name, lat, lng },
    update: {},
  })
  return row.id
}
