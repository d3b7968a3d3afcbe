import { openIndexedDbOutbox } from './indexed-db-outbox.ts'
import { createMemoryOutbox } from './memory-outbox.ts'
import type { Outbox } from './outbox.ts'

export async function openOutbox(deliveryId: string): Promise<Outbox> {
  try {
    return await openIndexedDbOutbox(deliveryId)
  } catch (cause) {
    // Some private windows and locked-down browsers have no storage. The page says so and goes on.
    console.warn('Points are kept in memory only', cause)
    return createMemoryOutbox()
  }
}
