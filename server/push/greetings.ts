import { Turns } from '../ground/turns.ts'

/** Greetings that may be under way at once, most of them waiting for the database; more customers come in as these end. */
const MOST_UNDERWAY = 200

export type Greetings = {
  /**
   * Begins a greeting when its turn has come. Returns a function to call when the greeting is over, whether it worked or
   * not; a second call is harmless.
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
