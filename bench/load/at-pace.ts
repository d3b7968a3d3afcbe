import { setTimeout as delay } from 'node:timers/promises'

const TICK_MS = 5

/** Calls `work` evenly, what is due each few milliseconds; resolves with how many times it did. */
export async function atPace(
  { perSecond, seconds }: { perSecond: number; seconds: number },
  work: (i: number) => void | Promise<void>,
): Promise<number> {
  const started = performance.now()
  const count = Math.round(perSecond * seconds)
  for (let i = 0; i < count; ) {
    const due = Math.min(count, 1 + Math.floor(((performance.now() - started) * perSecond) / 1_000))
    for (; i < due; i += 1) await work(i)
    if (i < count) await delay(TICK_MS)
  }
  return count
}
