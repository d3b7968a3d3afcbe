/** Of each turn of the event loop a crowd gets so much. */
const BUDGET_MS = 6
const MOST_PER_TURN = 64
/** How soon it is looked again whether there is room. */
const LOOK_AGAIN_MS = 5

/**
 * A queue for work that comes in crowds. A few are called in each turn of the event loop, first come, first served; before
 * the next turn whatever else is waiting gets its own.
 */
export class Turns {
  readonly #waiting: (() => void)[] = []
  readonly #hasRoom: () => boolean
  #scheduled = false

  /** While `hasRoom` says no, nobody is called. */
  constructor(hasRoom: () => boolean = () => true) {
    this.#hasRoom = hasRoom
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** Resolves when it is one's turn. What is done then, up to the first wait for something outside, is counted as the work. */
  take(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#schedule()
    })
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0) return
    this.#scheduled = true
    if (this.#hasRoom()) this.#scheduleCalls(Math.min(this.#waiting.length, MOST_PER_TURN))
    else setTimeout(() => this.#goOn(), LOOK_AGAIN_MS)
  }

  /** Node settles the promises and ticks that a callback has set off before it calls the next one: so they are measured. */
  #scheduleCalls(calls: number): void {
    let startedMs: number | undefined
    for (let call = 1; call <= calls; call += 1) {
      setImmediate(() => {
        startedMs ??= performance.now()
        if (performance.now() - startedMs < BUDGET_MS && this.#hasRoom()) this.#waiting.shift()?.()
        if (call === calls) this.#goOn()
      })
    }
  }

  #goOn(): void {
    this.#scheduled = false
    this.#schedule()
  }
}
