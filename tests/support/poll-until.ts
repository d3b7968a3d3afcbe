import { setTimeout as delay } from 'node:timers/promises'

const POLL_EVERY_MS = 20
/** What takes seconds is asked less often: fifty questions a second would take the processor from what they wait for. */
const POLL_AT_LEAST_EVERY_MS = 200

/**
 * Asks again and again until `check` answers something truthy, and answers that. An answer that throws counts as not
 * yet; when the time is up, its last error is the cause. It is asked once more then, for a machine that stood still
 * meanwhile.
 */
export async function pollUntil<T>(
  check: () => T | Promise<T>,
  { withinMs, what }: { withinMs: number; what: string },
): Promise<NonNullable<T>> {
  const startedMs = performance.now()
  const deadline = startedMs + withinMs
  let cause: unknown
  for (let isLast = false; !isLast; ) {
    isLast = performance.now() >= deadline
    try {
      const answer = await check()
      if (answer) return answer
      cause = undefined
    } catch (error) {
      cause = error
    }
    const waitedMs = performance.now() - startedMs
    if (!isLast) await delay(Math.min(Math.max(POLL_EVERY_MS, waitedMs / 20), POLL_AT_LEAST_EVERY_MS))
  }
  throw new Error(`Not within ${withinMs} ms: ${what}`, { cause })
}
