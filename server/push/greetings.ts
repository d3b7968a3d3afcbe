import { Turns } from '../ground/turns.ts'

/** So many customers are waited for at once, mostly for what the database says; the next ones are let in as these are greeted. */
const MOST_UNDERWAY = 200

export type Greetings = {
  /**
   * Begins a greeting when it is its turn. Returns what to call when it is over, whatever became of it; calling it again
   * is harmless.
   */
  begin(): Promise<() => void>
  /** Whether another customer could be greeted soon. */
  hasRoom(): boolean
}

/** Greets a crowd at the rate at which it can be greeted: a few in each turn of the event loop. */
export function createGreetings(): Greetings {
  const turns = new Turns()
  let underway = 0
  return {
    async begin() {
      let begun = true
      underway += 1
      await turns.take()
      return () => {
        if (begun) underway -= 1
        begun = false
      }
    },
    hasRoom: () => underway < MOST_UNDERWAY,
  }
}
