import { MAX_FIXES_PER_POST } from '#contracts/http.ts'

const REMEMBERED_PER_DELIVERY = 2 * MAX_FIXES_PER_POST
const REMEMBERED_DELIVERIES = 20_000

/** Which points this instance has pushed already, for as long back as a repeat is likely. */
export class AlreadyPushed {
  readonly #byDelivery = new Map<string, Set<number>>()

  /** false when it was pushed before. */
  add(deliveryId: string, seq: number): boolean {
    const pushed = this.#byDelivery.get(deliveryId) ?? new Set<number>()
    if (pushed.has(seq)) return false
    pushed.add(seq)
    dropOldest(pushed, REMEMBERED_PER_DELIVERY)
    this.#byDelivery.delete(deliveryId)
    this.#byDelivery.set(deliveryId, pushed)
    dropOldest(this.#byDelivery, REMEMBERED_DELIVERIES)
    return true
  }

  forget(deliveryId: string): void {
    this.#byDelivery.delete(deliveryId)
  }
}

/** Sets and maps keep the order of insertion. */
function dropOldest<K>(
  collection: { size: number; keys(): Iterable<K>; delete(key: K): boolean },
  most: number,
): void {
  if (collection.size <= most) return
  for (const key of collection.keys()) {
    collection.delete(key)
    return
  }
}
