import type { StatusEvent } from '#contracts/topics.ts'
import type { Database } from './database.ts'
import type { Outbox } from './outbox.ts'

/** Filled by change-status.ts. */
export function createStatusOutbox({ prisma }: Database): Outbox<StatusEvent> {
  return {
    async pending(limit) {
      const rows = await prisma.statusOutbox.findMany({ orderBy: { id: 'asc' }, take: limit })
      return rows.map(
        ({ id, deliveryId, status, at, visibleFromSeq, visibleSeqTold, pickedUpAt, requestId }) => ({
          id,
          event: {
            v: 1,
            deliveryId,
            status,
            atMs: at.getTime(),
            visibleFromSeq,
            visibleSeqTold,
            pickedUpAtMs: pickedUpAt?.getTime() ?? null,
          },
          requestId: requestId ?? undefined,
        }),
      )
    },
    async remove(ids) {
      await prisma.statusOutbox.deleteMany({ where: { id: { in: ids } } })
    },
  }
}
