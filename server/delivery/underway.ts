type Work = { seqs: readonly number[]; done: Promise<unknown> }

/**
 * Points that are on their way to Kafka. Until it has them nothing is known of them, and a second call with the same
 * numbers would be judged as if they were new.
 */
export class Underway {
  /** Nearly always there is but one. */
  readonly #byDelivery = new Map<string, Work | Work[]>()

  /** Resolves once each of these numbers has been published or refused; undefined when that is so already. */
  settled(deliveryId: string, seqs: readonly number[]): Promise<void> | undefined {
    const underway = this.#byDelivery.get(deliveryId)
    if (!underway) return undefined
    const all = Array.isArray(underway) ? underway : [underway]
    const work = all.find((each) => each.seqs.some((seq) => seqs.includes(seq)))
    if (!work) return undefined
    return work.done.then(
      () => this.settled(deliveryId, seqs),
      () => this.settled(deliveryId, seqs),
    )
  }

  /** To be ended the moment `done` is settled: calls that wait for these numbers go on right after that. */
  begin(deliveryId: string, work: Work): void {
    const underway = this.#byDelivery.get(deliveryId)
    if (!underway) this.#byDelivery.set(deliveryId, work)
    else if (Array.isArray(underway)) underway.push(work)
    else this.#byDelivery.set(deliveryId, [underway, work])
  }

  end(deliveryId: string, work: Work): void {
    const underway = this.#byDelivery.get(deliveryId)
    if (Array.isArray(underway) && underway.length > 1) underway.splice(underway.indexOf(work), 1)
    else this.#byDelivery.delete(deliveryId)
  }
}
