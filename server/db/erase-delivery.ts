import { z } from 'zod'
import type { Database } from './database.ts'
import { isStorableText } from './is-storable-text.ts'

export type Erasure = { deliveryId: string; atMs: number; requestId?: string | undefined }

type Related = { storeId: string; riderId: string | null; customerId: string | null }

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
    ), told AS (
      INSERT INTO erasure_outbox (delivery_id, at, request_id) SELECT id, ${at}::timestamptz, ${requestId} FROM gone
    )
    SELECT store_id::text AS "storeId", rider_id::text AS "riderId", customer_id::text AS "customerId" FROM gone`
  if (!related) return false
  await forgetUnreferred(db, related)
  return true
}

/** What another delivery comes to refer to at the same moment stays: its foreign key refuses the deletion. */
async function forgetUnreferred(
  { prisma }: Database,
  { storeId, riderId, customerId }: Related,
): Promise<void> {
  const unreferred = { deliveries: { none: {} } }
  for (const forget of [
    () => prisma.store.deleteMany({ where: { id: storeId, ...unreferred } }),
    () => prisma.rider.deleteMany({ where: { id: { in: present(riderId) }, ...unreferred } }),
    () => prisma.customer.deleteMany({ where: { id: { in: present(customerId) }, ...unreferred } }),
  ]) {
    await forget().catch((error: unknown) => {
      if (!isReferredTo(error)) throw error
    })
  }
}

const present = (id: string | null): string[] => (id === null ? [] : [id])

const foreignKeySchema = z.object({ code: z.literal('P2003') })

function isReferredTo(error: unknown): boolean {
  return foreignKeySchema.safeParse(error).success
}
