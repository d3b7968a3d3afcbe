import type { LinkReplacedEvent } from '#contracts/topics.ts'
import type { Database } from './database.ts'
import type { Outbox } from './outbox.ts'

/** Filled by replace-link.ts. */
export function createLinkOutbox({ prisma }: Database): Outbox<LinkReplacedEvent> {
  return {
    async pending(limit) {
      const rows = await prisma.linkOutbox.findMany({ orderBy: { id: 'asc' }, take: limit })
      return rows.map(({ id, deliveryId, role, version, at, requestId }) => ({
        id,
        event: { v: 1, deliveryId, role, version, atMs: at.getTime() },
        requestId: requestId ?? undefined,
      }))
    },
    async remove(ids) {
      await prisma.linkOutbox.deleteMany({ where: { id: { in: ids } } })
    },
  }
}
