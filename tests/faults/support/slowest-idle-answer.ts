import { setTimeout as delay } from 'node:timers/promises'
import { atEnd } from '../../support/at-end.ts'

const ASK_EVERY_MS = 25

/**
 * Asks the app all the time for an answer that waits for nothing. What the slowest of them took is what the machine adds to
 * any other answer, once when the question comes and once when its time is up. Answers how to stop and hear it.
 */
export function watchIdleAnswers(url: string): () => Promise<number> {
  let over = false
  let slowestMs = 0
  const asking = (async () => {
    let dueMs = performance.now()
    while (!over) {
      const answered = await fetch(`${url}/healthz`)
        .then((response) => response.arrayBuffer())
        .catch(() => null)
      // An app that is not there says nothing about the machine.
      if (answered === null) return
      const now = performance.now()
      slowestMs = Math.max(slowestMs, now - dueMs)
      dueMs = now + ASK_EVERY_MS
      await delay(ASK_EVERY_MS)
    }
  })()
  const stop = async () => {
    over = true
    await asking
    return Math.round(slowestMs)
  }
  atEnd(stop)
  return stop
}
