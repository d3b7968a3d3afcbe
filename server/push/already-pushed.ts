import { BoundedMap } from '../ground/bounded-map.ts'

const REMEMBERED_DELIVERIES = 20_000
/** Numbers up to the highest that was pushed: far more than a rider who was offline sends in one go. A bit each. */
const WINDOW = 1_024

/** Which points this instance has pushed already, for as long back as a repeat is likely. */
export class AlreadyPushed {
  readonly #byDelivery = new BoundedMap<string, PushedNumbers>(REMEMBERED_DELIVERIES)

  /** false when it was pushed before. */
  add(deliveryId: string, seq: number): boolean {
    const pushed = this.#byDelivery.get(deliveryId) ?? new PushedNumbers()
    this.#byDelivery.setLast(deliveryId, pushed)
    return pushed.add(seq)
  }

  forget(deliveryId: string): void {
    this.#byDelivery.delete(deliveryId)
  }
}

class PushedNumbers {
  #highest = 0
  readonly #bits = new Uint32Array(WINDOW / 32)

  add(seq: number): boolean {
    if (seq <= this.#highest - WINDOW) return true
    // The bits of numbers that leave the window become those of the ones that enter it.
    for (let entering = Math.max(this.#highest + 1, seq - WINDOW + 1); entering <= seq; entering += 1)
      this.#write(entering, false)
    this.#highest = Math.max(this.#highest, seq)
    if (((this.#bits[(seq % WINDOW) >>> 5] ?? 0) >>> (seq & 31)) & 1) return false
    this.#write(seq, true)
    return true
  }

  #write(seq: number, pushed: boolean): void {
    const word = (seq % WINDOW) >>> 5
    const bit = 1 << (seq & 31)
    const bits = this.#bits[word] ?? 0
    this.#bits[word] = pushed ? bits | bit : bits & ~bit
  }
}
