/** How many of a thing each key has open at once, up to a cap. */
export class OpenCount {
  readonly #most: number
  readonly #open = new Map<string, number>()

  constructor(most: number) {
    this.#most = most
  }

  /** Takes a place, and returns the function that gives it back (harmless when repeated); undefined when all are taken. */
  take(key: string): (() => void) | undefined {
    const open = this.#open.get(key) ?? 0
    if (open >= this.#most) return undefined
    this.#open.set(key, open + 1)
    let taken = true
    return () => {
      if (taken) this.#release(key)
      taken = false
    }
  }

  #release(key: string): void {
    const open = (this.#open.get(key) ?? 0) - 1
    if (open > 0) this.#open.set(key, open)
    else this.#open.delete(key)
  }
}
