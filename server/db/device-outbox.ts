import type { DeviceChangedEvent } from '#contracts/topics.ts'
import type { Database } from './database.ts'
import type { Outbox } from './outbox.ts'

/** Filled by take-over.ts. */
export function createDeviceOutbox({ prisma }: Database): Outbox<DeviceChangedEvent> {
  return {
    async pending(limit) {
      const rows = await prisma.deviceOutbox.findMany({ orderBy: { id: 'asc' }, take: limit })
      return rows.map(({ id, deliveryId, deviceId, takeover, at, requestId }) => ({
        id,
        event: { v: 1, deliveryId, deviceId, takeover, atMs: at.getTime() },
        requestId: requestId ?? undefined,
      }))
    },
    async remove(ids) {
      await prisma.deviceOutbox.deleteMany({ where: { id: { in: ids } } })
    },
  }
}
