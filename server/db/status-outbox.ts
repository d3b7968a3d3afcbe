import type { StatusEvent } from '#contracts/topics.ts'
import type { Database } from './database.ts'

export type OutgoingStatus = { id: bigint; event: StatusEvent; requestId: string | undefined }

/** Changes that Kafka may not have yet, in the order they were made. */
export async function pendingStatuses({ prisma }: Database, limit: number): Promise<OutgoingStatus[]> {
  const rows = await prisma.statusOutbox.findMany({ orderBy: { id: 'asc' }, take: limit })
  return rows.map(({ id, deliveryId, status, at, visibleFromSeq, requestId }) => ({
    id,
    event: { v: 1, deliveryId, status, atMs: at.getTime(), visibleFromSeq },
    requestId: requestId ?? undefined,
  }))
}

/** Kafka has them. */
export async function removeStatuses({ prisma }: Database, ids: bigint[]): Promise<void> {
  await prisma.statusOutbox.deleteMany({ where: { id: { in: ids } } })
}
