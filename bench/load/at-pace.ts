import { setTimeout as delay } from 'node:timers/promises'

const TICK_MS = 5

/** Calls `work` evenly, what is due each few milliseconds, until it is stopped; resolves with how many times it did. */
export async function atPace(
  { perSecond, seconds }: { perSecond: number; seconds: number },
  work: (i: number) => void,
  isStopped: () => boolean = () => false,
): Promise<number> {
  const started = performance.now()
  let count = Math.round(perSecond * seconds)
  for (let i = 0; i < count; ) {
    if (isStopped()) count = i
    const due = Math.min(count, 1 + Math.floor(((performance.now() - started) * perSecond) / 1_000))
    for (; i < due; i += 1) work(i)
    if (i < count) await delay(TICK_MS)
  }
  return count
}
