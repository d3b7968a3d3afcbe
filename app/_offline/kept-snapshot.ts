import { type DBSchema, openDB } from 'idb'
import { z } from 'zod'
import { snapshotSchema } from '#contracts/snapshot.ts'
import { epochMsSchema } from '#contracts/time.ts'

const keptSchema = z.object({
  snapshot: snapshotSchema,
  /** The server's clock when this was known to be so. */
  seenAtMs: epochMsSchema,
  /** How far the device's clock was ahead of the server's. */
  aheadMs: z.number(),
})
/** What a page knew of its delivery. */
export type Kept = z.infer<typeof keptSchema>

interface Schema extends DBSchema {
  /** Key: the page and its delivery. */
  snapshots: { key: string; value: { atMs: number; iv: BufferSource; sealed: BufferSource } }
}

export type KeptSnapshot = {
  /** null when there is nothing for this link, or the device does not say in time. */
  read(): Promise<Kept | null>
  /** Writes the newest, one at a time. */
  keep(kept: Kept): void
  forget(): void
}

/** After a page was last open. */
const KEPT_FOR_MS = 86_400_000
const PATIENCE_MS = 2_000

/**
 * What a page knows of its delivery, kept on the device for the time without network. It is sealed with a key made of the
 * link's token, which is kept nowhere: whoever finds the device can open it only with the link, as the page itself.
 */
export function openKeptSnapshot(page: 'rider' | 'track', deliveryId: string, token: string): KeptSnapshot {
  const key = `${page} ${deliveryId}`
  let next: (() => Promise<void>) | null = null
  let isWriting = false

  async function write(work: () => Promise<void>) {
    next = work
    if (isWriting) return
    isWriting = true
    while (next) {
      const current: () => Promise<void> = next
      next = null
      await current().catch(warn)
    }
    isWriting = false
  }

  async function load(): Promise<Kept | null> {
    // Workers and ciphers exist on https and localhost only: elsewhere the page could not be opened anyway.
    if (!('subtle' in crypto)) return null
    const db = await openStore()
    try {
      await sweep(db)
      const record = await db.get('snapshots', key)
      if (!record) return null
      const { iv, sealed } = record
      const open = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await keyOf(token), sealed)
      return keptSchema.parse(JSON.parse(new TextDecoder().decode(open)))
    } finally {
      db.close()
    }
  }

  return {
    read: () => Promise.race([load().catch(warn), pause(PATIENCE_MS)]),
    keep(kept) {
      if (!('subtle' in crypto)) return
      void write(async () => {
        const iv = crypto.getRandomValues(new Uint8Array(12))
        const text = new TextEncoder().encode(JSON.stringify(kept))
        const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(token), text)
        await withStore((db) => db.put('snapshots', { atMs: Date.now(), iv, sealed }, key))
      })
    },
    forget: () => void write(() => withStore((db) => db.delete('snapshots', key))),
  }
}

const openStore = () =>
  openDB<Schema>('rider-live kept', 1, {
    upgrade: (fresh) => void fresh.createObjectStore('snapshots'),
    // The site's data is being deleted, which waits until this connection is closed.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
type Store = Awaited<ReturnType<typeof openStore>>

async function withStore(work: (db: Store) => Promise<unknown>): Promise<void> {
  const db = await openStore()
  await work(db).finally(() => db.close())
}

/** Removes what belongs to pages that have not been open for that long. */
async function sweep(db: Store): Promise<void> {
  const { store, done } = db.transaction('snapshots', 'readwrite')
  for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue())
    if (cursor.value.atMs < Date.now() - KEPT_FOR_MS) await cursor.delete()
  await done
}

/** A token has 256 random bits in its signature, so one digest makes a key. */
async function keyOf(token: string): Promise<CryptoKey> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`rider-live kept ${token}`))
  return await crypto.subtle.importKey('raw', digest, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

const pause = (ms: number) => new Promise<null>((resolve) => setTimeout(resolve, ms, null))

/** Another link's, or a browser that keeps nothing: the page goes on without. */
function warn(cause: unknown): null {
  console.warn('What was known of this delivery is not kept, or cannot be read', cause)
  return null
}
