type Window = { points: number; endsAtMs: number }

/**
 * What each key has used up in its present window. A window begins with the first use after the one before. The times are
 * of a clock that never jumps.
 */
export class CountedWindows {
  readonly #windowMs: number
  readonly #now: () => number
  /** In the order in which they began, so those that have ended come first. */
  readonly #windows = new Map<string, Window>()

  constructor(windowMs: number, now = () => performance.now()) {
    this.#windowMs = windowMs
    this.#now = now
  }

  /** Counts one use more, and returns its window. */
  count(key: string): Readonly<Window> {
    const window = this.#present(key) ?? this.#begin(key, this.#windowMs)
    window.points += 1
    return window
  }

  points(key: string): number {
    return this.#present(key)?.points ?? 0
  }

  set(key: string, points: number, msLeft: number): void {
    this.#begin(key, msLeft).points = points
  }

  msLeft({ endsAtMs }: Readonly<Window>): number {
    return Math.max(0, endsAtMs - this.#now())
  }

  get size(): number {
    return this.#windows.size
  }

  #present(key: string): Window | undefined {
    const window = this.#windows.get(key)
    return window !== undefined && window.endsAtMs > this.#now() ? window : undefined
  }

  #begin(key: string, msLeft: number): Window {
    const nowMs = this.#now()
    this.#windows.delete(key)
    for (const [first, { endsAtMs }] of this.#windows) {
      if (endsAtMs > nowMs) break
      this.#windows.delete(first)
    }
    const window = { points: 0, endsAtMs: nowMs + msLeft }
    this.#windows.set(key, window)
    return window
  }
}
