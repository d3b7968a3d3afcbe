import type { ErasedEvent } from '#contracts/topics.ts'
import type { Database } from './database.ts'
import type { Outbox } from './outbox.ts'

/** Filled by erase-delivery.ts. */
export function createErasureOutbox({ prisma }: Database): Outbox<ErasedEvent> {
  return {
    async pending(limit) {
      const rows = await prisma.erasureOutbox.findMany({ orderBy: { id: 'asc' }, take: limit })
      return rows.map(({ id, deliveryId, at, requestId }) => ({
        id,
        event: { v: 1, deliveryId, atMs: at.getTime() },
        requestId: requestId ?? undefined,
      }))
    },
    async remove(ids) {
      await prisma.erasureOutbox.deleteMany({ where: { id: { in: ids } } })
    },
  }
}
