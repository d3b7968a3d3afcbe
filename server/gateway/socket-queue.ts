import { ProblemError } from '../ground/problem-error.ts'
import { Turns } from '../ground/turns.ts'

/** A stock client gives an attempt up after 20 s. */
const LONGEST_WAIT_MS = 8_000
/** Sockets a second, assumed until enough of them have been let in to measure it. */
const FIRST_RATE = 500
const KNOWN_AFTER = 100

export type SocketQueue = {
  /**
   * Resolves when the next socket may be opened.
   * @throws ProblemError `rate_limited` with the time to wait, when that is too long for an open connection
   */
  enter(): Promise<void>
}

/**
 * Customers wait here before their sockets are opened, and are let in as fast as they are greeted, first come, first served.
 * Refusing here is cheap: opening a socket is most of the cost of a greeting.
 */
export function createSocketQueue(hasRoom: () => boolean): SocketQueue {
  const turns = new Turns(hasRoom)
  let sinceMs = 0
  let letIn = 0

  function expectedWaitMs(): number {
    const perMs = letIn < KNOWN_AFTER ? FIRST_RATE / 1_000 : letIn / (performance.now() - sinceMs)
    return turns.waiting / perMs
  }

  return {
    async enter() {
      if (turns.waiting === 0) {
        sinceMs = performance.now()
        letIn = 0
      }
      const waitMs = expectedWaitMs()
      if (waitMs > LONGEST_WAIT_MS) {
        throw new ProblemError('rate_limited', {
          detail: `Too many come at once; try again in ${Math.ceil(waitMs / 1_000)} s.`,
          retryAfterMs: Math.ceil(waitMs),
        })
      }
      await turns.take()
      letIn += 1
    },
  }
}
