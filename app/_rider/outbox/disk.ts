import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb'
import type { Fix } from '#contracts/location.ts'
import type { Reading } from '../gps/reading.ts'
import type { StorageTrouble } from './outbox.ts'
import { isNumberGiven, type Stored } from './stored-points.ts'

interface Schema extends DBSchema {
  /** Key: delivery id and seq, so that one delivery's points are adjacent and in order. */
  fixes: { key: [string, number]; value: unknown }
  /** Key: delivery id. The last seq assigned; it must never be assigned again, even after its point was deleted. */
  numbers: { key: string; value: unknown }
}
const NAME = 'rider-live'
const STORES = ['fixes', 'numbers'] as const

/** One delivery's points on the device itself: they outlive a reload, a crash and a dead battery. Every call may fail. */
export type Disk = {
  load(): Promise<Stored>
  /** Stores seq and point in one transaction, so that neither exists without the other. */
  add(reading: Reading, lastSeq: number): Promise<Fix>
  remove(seqs: readonly number[]): Promise<void>
  /** Replaces everything stored for this delivery. */
  replace(fixes: readonly Fix[], lastSeq: number): Promise<void>
  close(): void
}

/** `onClosed`: the browser has closed the connection, or wants the database for itself. */
export async function openDisk(deliveryId: string, onClosed: () => void): Promise<Disk> {
  const db = await openStores(onClosed)
  const all = IDBKeyRange.bound([deliveryId, 0], [deliveryId, Number.POSITIVE_INFINITY])

  return {
    async load() {
      const keys = await db.getAllKeys('fixes', all)
      const number = await db.get('numbers', deliveryId).catch(unreadableValue)
      const values = await db.getAll('fixes', all).catch(unreadableValue)
      if (values)
        return { fixes: keys.map((key, index) => ({ key, value: values[index] })), number, unreadable: 0 }
      // A single damaged value makes `getAll` fail as a whole: read the values one by one.
      const fixes: { key: unknown; value: unknown }[] = []
      for (const key of keys) {
        const value = await db.get('fixes', key).catch(unreadableValue)
        if (value !== undefined) fixes.push({ key, value })
      }
      return { fixes, number, unreadable: keys.length - fixes.length }
    },
    async add(reading, lastSeq) {
      const tx = db.transaction(STORES, 'readwrite')
      // Where Web Locks are missing another tab may have assigned numbers too (hold-ride.ts).
      const number = await tx.objectStore('numbers').get(deliveryId)
      const seq = (isNumberGiven(number, lastSeq) ? Math.max(number, lastSeq) : lastSeq) + 1
      const fix = { ...reading, seq }
      await settled(tx, [
        tx.objectStore('numbers').put(seq, deliveryId),
        tx.objectStore('fixes').put(fix, [deliveryId, seq]),
      ])
      return fix
    },
    async remove(seqs) {
      const tx = db.transaction(STORES, 'readwrite')
      await settled(
        tx,
        seqs.map((seq) => tx.objectStore('fixes').delete([deliveryId, seq])),
      )
    },
    async replace(fixes, lastSeq) {
      const tx = db.transaction(STORES, 'readwrite')
      await settled(tx, [
        tx.objectStore('fixes').delete(all),
        ...fixes.map((fix) => tx.objectStore('fixes').put(fix, [deliveryId, fix.seq])),
        tx.objectStore('numbers').put(lastSeq, deliveryId),
      ])
    },
    close: () => db.close(),
  }
}

async function openStores(onClosed: () => void): Promise<IDBPDatabase<Schema>> {
  // `undefined` opens any version: a later release of this page may have upgraded it.
  const open = (version: number | undefined) =>
    openDB<Schema>(NAME, version, {
      upgrade(fresh) {
        for (const store of STORES) fresh.createObjectStore(store)
      },
      // The site's data is being deleted, which waits until this connection is closed.
      blocking(_current, _blocked, event) {
        ;(event.target as IDBDatabase).close()
        onClosed()
      },
      terminated: onClosed,
    })
  const isLater = (cause: unknown) => cause instanceof DOMException && cause.name === 'VersionError'
  const db = await open(1).catch((cause: unknown) =>
    isLater(cause) ? open(undefined) : Promise.reject(cause),
  )
  if (STORES.every((store) => db.objectStoreNames.contains(store))) return db
  db.close()
  await deleteDB(NAME)
  return await open(1)
}

/** Waits for the transaction. Rejects with the transaction's own error rather than with those of its requests. */
async function settled(tx: { done: Promise<void>; error: DOMException | null }, parts: Promise<unknown>[]) {
  const [done, ...others] = await Promise.allSettled([tx.done, ...parts])
  const failed = [done, ...others].find((outcome) => outcome?.status === 'rejected')
  if (failed?.status === 'rejected') throw tx.error ?? failed.reason
}

function unreadableValue(cause: unknown): undefined {
  if (storageTrouble(cause) !== 'unreadable') throw cause
  console.warn('Something kept on this device cannot be read', cause)
  return undefined
}

export function storageTrouble(cause: unknown): StorageTrouble {
  const { name = '', message = '' } = cause instanceof Error || cause instanceof DOMException ? cause : {}
  switch (name) {
    case 'QuotaExceededError':
      return 'full'
    case 'TimeoutError':
      return 'slow'
    // Some private windows and locked-down browsers have no storage, or throw on access.
    case 'SecurityError':
    case 'ReferenceError':
    case 'TypeError':
      return 'missing'
    case 'InvalidStateError':
    case 'AbortError':
    case 'TransactionInactiveError':
      return 'closed'
    default:
      // iOS closes it with an error of any kind: "Connection to Indexed Database server lost".
      return /connection|closed|closing/i.test(message) ? 'closed' : 'unreadable'
  }
}
