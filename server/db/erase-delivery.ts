import type { Database } from './database.ts'
import { isForeignKeyViolation } from './is-foreign-key-violation.ts'
import { isStorableText } from './is-storable-text.ts'

export type Erasure = { deliveryId: string; atMs: number; requestId?: string | undefined }

type Related = { storeId: string; riderId: string | null; customerId: string | null }
type Ids = { storeIds?: string[]; riderIds?: string[]; customerIds?: string[] }

/**
 * Erases the delivery with its positions, what was learned from its ride and what waits to be told of it, and puts the
 * erasure into the outbox: one statement. Then its store, rider and customer, unless other deliveries have them as well.
 * Returns false when there is no such delivery.
 */
export async function eraseDelivery(db: Database, erasure: Erasure): Promise<boolean> {
  const { deliveryId, requestId = null } = erasure
  if (!isStorableText(deliveryId)) return false
  const at = new Date(erasure.atMs)
  // Positions and finished rides go by their foreign keys.
  const [related] = await db.prisma.$queryRaw<Related[]>`
    WITH gone AS (
      DELETE FROM deliveries WHERE id = ${deliveryId} RETURNING id, store_id, rider_id, customer_id
    ), statuses AS (
      DELETE FROM status_outbox WHERE delivery_id IN (SELECT id FROM gone)
    ), links AS (
      DELETE FROM link_outbox WHERE delivery_id IN (SELECT id FROM gone)
    ), devices AS (
      DELETE FROM device_outbox WHERE delivery_id IN (SELECT id FROM gone)
    ), ways AS (
      DELETE FROM route_outbox WHERE delivery_id IN (SELECT id FROM gone)
    ), told AS (
      INSERT INTO erasure_outbox (delivery_id, at, request_id) SELECT id, ${at}::timestamptz, ${requestId} FROM gone
    )
    SELECT store_id::text AS "storeId", rider_id::text AS "riderId", customer_id::text AS "customerId" FROM gone`
  if (!related) return false
  const { storeId, riderId, customerId } = related
  await forgetUnreferred(db, {
    storeIds: [storeId],
    riderIds: riderId === null ? [] : [riderId],
    customerIds: customerId === null ? [] : [customerId],
  })
  return true
}

/**
 * Erases stores, riders and customers that are of no delivery: of these, or of all. What another delivery comes to refer to
 * at the same moment stays: its foreign key refuses the deletion.
 */
export async function forgetUnreferred(
  { prisma }: Database,
  { storeIds, riderIds, customerIds }: Ids = {},
): Promise<void> {
  const unreferred = (ids: string[] | undefined) => ({
    where: { deliveries: { none: {} }, ...(ids && { id: { in: ids } }) },
  })
  for (const forget of [
    () => prisma.store.deleteMany(unreferred(storeIds)),
    () => prisma.rider.deleteMany(unreferred(riderIds)),
    () => prisma.customer.deleteMany(unreferred(customerIds)),
  ]) {
    await forget().catch((error: unknown) => {
      if (!isForeignKeyViolation(error)) throw error
    })
  }
}
