/** A crowd's share of each turn of the event loop. */
const BUDGET_MS = 6
const MOST_PER_TURN = 64
/** Without room, the wait until the next look. */
const LOOK_AGAIN_MS = 5

/**
 * A queue for work that comes in crowds. Each turn of the event loop calls a few of those who wait, first come, first
 * served; all other events are handled between the turns.
 */
export class Turns {
  readonly #waiting: (() => void)[] = []
  readonly #hasRoom: () => boolean
  #scheduled = false

  /** Calls only while `hasRoom` returns true. */
  constructor(hasRoom: () => boolean = () => true) {
    this.#hasRoom = hasRoom
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** Resolves when the caller's turn has come. Its work up to the first I/O counts against the turn's share. */
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
    else setTimeout(() => this.#scheduleNext(), LOOK_AGAIN_MS)
  }

  /** Node runs the promises and ticks that one immediate sets off before it calls the next one: so they are measured. */
  #scheduleCalls(calls: number): void {
    let startedMs: number | undefined
    for (let call = 1; call <= calls; call += 1) {
      setImmediate(() => {
        startedMs ??= performance.now()
        if (performance.now() - startedMs < BUDGET_MS && this.#hasRoom()) this.#waiting.shift()?.()
        if (call === calls) this.#scheduleNext()
      })
    }
  }

  #scheduleNext(): void {
    this.#scheduled = false
    this.#schedule()
  }
}
