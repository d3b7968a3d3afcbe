import { setTimeout as delay } from 'node:timers/promises'

/** Words change once a second. */
const LOOK_EVERY_MS = 500

/**
 * Looks again and again for as long as a fault lasts, and returns all that was seen. The time is the fault itself, not a
 * wait for something.
 */
export async function during<T>(untilMs: number, look: () => Promise<T>): Promise<T[]> {
  const seen: T[] = []
  while (Date.now() < untilMs) {
    seen.push(await look())
    await delay(LOOK_EVERY_MS)
  }
  return seen
}
