type Work = { seqs: readonly number[]; done: Promise<unknown> }

/**
 * Points that are on their way to Kafka. Until it has them nothing is known of them, and a second call with the same
 * numbers would be judged as if they were new.
 */
export class Underway {
  readonly #byDelivery = new Map<string, Work[]>()

  /** Resolves once each of these numbers has been published or refused; undefined when that is so already. */
  settled(deliveryId: string, seqs: readonly number[]): Promise<void> | undefined {
    const work = this.#byDelivery.get(deliveryId)?.find((each) => each.seqs.some((seq) => seqs.includes(seq)))
    if (!work) return undefined
    return work.done.then(
      () => this.settled(deliveryId, seqs),
      () => this.settled(deliveryId, seqs),
    )
  }

  /** `then` is called once `done` has resolved, before any call that waits for these numbers goes on. */
  during<T>(deliveryId: string, { seqs, done }: Work, then: () => T | Promise<T>): Promise<T> {
    const work = { seqs, done }
    const underway = this.#byDelivery.get(deliveryId)
    if (underway) underway.push(work)
    else this.#byDelivery.set(deliveryId, [work])
    return done.then(
      () => {
        this.#end(deliveryId, work)
        return then()
      },
      (error: unknown) => {
        this.#end(deliveryId, work)
        throw error
      },
    )
  }

  #end(deliveryId: string, work: Work): void {
    const all = this.#byDelivery.get(deliveryId)
    // Nearly always it is the only one.
    if (!all || all.length === 1) this.#byDelivery.delete(deliveryId)
    else all.splice(all.indexOf(work), 1)
  }
}
