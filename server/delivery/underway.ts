/**
 * Points that are on their way to Kafka. Until it has them nothing is known of them, and a second call with the same
 * numbers would be judged as if they were new.
 */
export class Underway {
  readonly #byDelivery = new Map<string, Map<number, Promise<unknown>>>()

  /** Resolves once each of these numbers has been published or refused; undefined when that is so already. */
  settled(deliveryId: string, seqs: readonly number[]): Promise<void> | undefined {
    const underway = this.#byDelivery.get(deliveryId)
    const work = underway && seqs.map((seq) => underway.get(seq)).find((each) => each !== undefined)
    if (!work) return undefined
    return work.then(
      () => this.settled(deliveryId, seqs),
      () => this.settled(deliveryId, seqs),
    )
  }

  async during<T>(deliveryId: string, seqs: readonly number[], work: Promise<T>): Promise<T> {
    const underway = this.#byDelivery.get(deliveryId) ?? new Map<number, Promise<unknown>>()
    this.#byDelivery.set(deliveryId, underway)
    for (const seq of seqs) underway.set(seq, work)
    try {
      return await work
    } finally {
      for (const seq of seqs) underway.delete(seq)
      if (underway.size === 0) this.#byDelivery.delete(deliveryId)
    }
  }
}
