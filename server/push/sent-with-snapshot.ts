/** By then the bridge has read what the database had when the snapshot was sent. */
const FORGOTTEN_AFTER_MS = 60_000

/**
 * What customers were sent with the snapshot: points that another group, or this instance's own posts, knew before the
 * bridge has read them in the log. It pushes them to the room later, but not to the sockets that have them.
 */
export class SentWithSnapshot {
  readonly #byDelivery = new Map<string, Map<string, Set<number>>>()

  note(deliveryId: string, socketId: string, seqs: readonly number[]): void {
    if (seqs.length === 0) return
    const bySocket = this.#byDelivery.get(deliveryId) ?? new Map<string, Set<number>>()
    bySocket.set(socketId, new Set(seqs))
    this.#byDelivery.set(deliveryId, bySocket)
    setTimeout(() => this.forget(deliveryId, socketId), FORGOTTEN_AFTER_MS).unref()
  }

  /** Tells which sockets have been given it; undefined when no socket of the delivery has been given anything. */
  holders(deliveryId: string, seq: number): ((socketId: string) => boolean) | undefined {
    const bySocket = this.#byDelivery.get(deliveryId)
    return bySocket && ((socketId) => bySocket.get(socketId)?.has(seq) ?? false)
  }

  forget(deliveryId: string, socketId: string): void {
    const bySocket = this.#byDelivery.get(deliveryId)
    bySocket?.delete(socketId)
    if (bySocket?.size === 0) this.#byDelivery.delete(deliveryId)
  }
}
