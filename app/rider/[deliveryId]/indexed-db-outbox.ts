import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { type Fix, fixSchema } from '#contracts/location.ts'
import type { Outbox } from './outbox.ts'

interface Schema extends DBSchema {
  /** Key: delivery id and seq, so that one delivery's points lie together in their order. */
  fixes: { key: [string, number]; value: unknown }
  /** Key: delivery id. The last number given, which must never be given again, even when its point is long gone. */
  numbers: { key: string; value: number }
}

/** The rider's points on the device itself: they outlive a reload, a crash and a dead battery. */
export async function openIndexedDbOutbox(deliveryId: string): Promise<Outbox> {
  const db: IDBPDatabase<Schema> = await openDB<Schema>('rider-live', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('fixes')
      fresh.createObjectStore('numbers')
    },
  })
  const all = IDBKeyRange.bound([deliveryId, 0], [deliveryId, Number.POSITIVE_INFINITY])
  const read = (values: unknown[]): Fix[] => values.map((value) => fixSchema.parse(value))

  return {
    durable: true,
    async add(reading, floorSeq) {
      // Number and point in one transaction: neither can be there without the other.
      const tx = db.transaction(['fixes', 'numbers'], 'readwrite')
      const seq = Math.max((await tx.objectStore('numbers').get(deliveryId)) ?? 0, floorSeq) + 1
      const fix = { ...reading, seq }
      await Promise.all([
        tx.objectStore('numbers').put(seq, deliveryId),
        tx.objectStore('fixes').put(fix, [deliveryId, seq]),
        tx.done,
      ])
      return fix
    },
    oldest: async (limit) => read(await db.getAll('fixes', all, limit)),
    async newest() {
      const cursor = await db.transaction('fixes').store.openCursor(all, 'prev')
      return cursor ? fixSchema.parse(cursor.value) : null
    },
    async remove(fixes) {
      const tx = db.transaction('fixes', 'readwrite')
      await Promise.all([...fixes.map(({ seq }) => tx.store.delete([deliveryId, seq])), tx.done])
    },
    async waiting() {
      const [count, [oldest]] = await Promise.all([db.count('fixes', all), db.getAll('fixes', all, 1)])
      return { count, oldestAtMs: oldest === undefined ? null : fixSchema.parse(oldest).recordedAtMs }
    },
    clear: () => db.delete('fixes', all),
  }
}
