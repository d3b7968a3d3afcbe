/** How many messages a connection may send: a burst at once, and a number of messages a second after it. */
export type MessageRate = { perSecond: number; burst: number }

/** Customers say hello, and now and then that a point has been painted. A client may be a stranger, not a foe. */
export const CUSTOMER_MESSAGE_RATE: MessageRate = { perSecond: 1, burst: 20 }
/** Visitors of /inside ask questions and pull levers. */
export const VISITOR_MESSAGE_RATE: MessageRate = { perSecond: 20, burst: 100 }

/** A token bucket (https://en.wikipedia.org/wiki/Token_bucket). */
export class MessageBudget {
  #limit: MessageRate
  #left: number
  #atMs: number

  constructor(limit: MessageRate, nowMs: number) {
    this.#limit = limit
    this.#left = limit.burst
    this.#atMs = nowMs
  }

  /** From now on there is another limit, with all of its burst. */
  change(limit: MessageRate): void {
    this.#limit = limit
    this.#left = limit.burst
  }

  /** One message more; false when that was one too many. */
  spend(nowMs: number): boolean {
    const { perSecond, burst } = this.#limit
    this.#left = Math.min(burst, this.#left + ((nowMs - this.#atMs) / 1_000) * perSecond) - 1
    this.#atMs = nowMs
    return this.#left >= 0
  }
}
