import { MAX_FIXES_PER_POST } from '#contracts/http.ts'
import { BoundedMap } from '../ground/bounded-map.ts'

const REMEMBERED_PER_DELIVERY = 2 * MAX_FIXES_PER_POST
const REMEMBERED_DELIVERIES = 20_000

/** Which points this instance has pushed already, for as long back as a repeat is likely. */
export class AlreadyPushed {
  readonly #byDelivery = new BoundedMap<string, BoundedMap<number, true>>(REMEMBERED_DELIVERIES)

  /** false when it was pushed before. */
  add(deliveryId: string, seq: number): boolean {
    const pushed = this.#byDelivery.get(deliveryId) ?? new BoundedMap<number, true>(REMEMBERED_PER_DELIVERY)
    if (pushed.has(seq)) return false
    pushed.set(seq, true)
    this.#byDelivery.setLast(deliveryId, pushed)
    return true
  }

  forget(deliveryId: string): void {
    this.#byDelivery.delete(deliveryId)
  }
}
