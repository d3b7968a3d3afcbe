import { setTimeout as delay } from 'node:timers/promises'

const POLL_EVERY_MS = 20

/**
 * Asks again and again until `check` answers something truthy, and answers that. An answer that throws counts as not
 * yet; when the time is up, its last error is the cause.
 */
export async function pollUntil<T>(
  check: () => T | Promise<T>,
  { withinMs, what }: { withinMs: number; what: string },
): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs
  let cause: unknown
  do {
    try {
      const answer = await check()
      if (answer) return answer
      cause = undefined
    } catch (error) {
      cause = error
    }
    await delay(POLL_EVERY_MS)
  } while (performance.now() < deadline)
  throw new Error(`Not within ${withinMs} ms: ${what}`, { cause })
}
