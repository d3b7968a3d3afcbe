/** Counts bytes that are held somewhere for all connections together, against a limit. */
export class ByteBudget {
  readonly #limit: number
  #used = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get used(): number {
    return this.#used
  }

  get left(): number {
    return Math.max(0, this.#limit - this.#used)
  }

  get isExceeded(): boolean {
    return this.#used > this.#limit
  }

  /** Twice the limit: what keeps within the limit when it can is not enough any more. */
  get isFarExceeded(): boolean {
    return this.#used > 2 * this.#limit
  }

  /** Books `bytes` (negative to give back). */
  add(bytes: number): void {
    this.#used += bytes
  }
}
