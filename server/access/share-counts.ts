import { createHash } from 'node:crypto'
import type { Database } from '../db/database.ts'
import { type AddCounts, createAddCounts } from '../db/rate-counts.ts'
import type { Logger } from '../logger.ts'
import type { CountedWindows } from './counted-windows.ts'

/** An eighth of a burst: a client far below its limit never costs a statement. */
const STEPS_PER_BURST = 8
const MOST_PER_STATEMENT = 1_000
/** After a failure, how long each instance counts for itself. */
const REST_MS = 5_000

export type ShareCounts = { addCounts: AddCounts; logger: Pick<Logger, 'warn'>; now: () => number }

/** Only a database server of its own can have other instances at it: undefined with the embedded one. */
export function shareThrough(
  db: Database,
  { databaseUrl, logger, now }: Pick<ShareCounts, 'logger' | 'now'> & { databaseUrl: string | undefined },
): ShareCounts | undefined {
  return databaseUrl === undefined ? undefined : { addCounts: createAddCounts(db, now), logger, now }
}

type Limit = { windows: CountedWindows; who: string; windowMs: number; burst: number }

/**
 * Keeps the counts of several instances in step, beside the requests. Each counts in its own memory; whenever a key
 * has grown by a step, the growth is added to the common count, many keys in one statement and one statement at a
 * time, and the sum becomes the count here. So one key gets no more than its burst, and a step for each further
 * instance, and what comes while a statement is under way.
 */
export function shareCounts(
  { addCounts, logger, now }: ShareCounts,
  { windows, who, windowMs, burst }: Limit,
) {
  const step = Math.max(1, Math.ceil(burst / STEPS_PER_BURST))
  /** The common count of each key in its present window; only of keys that have been sent to the database. */
  const known = new Map<string, { points: number; untilMs: number }>()
  const due = new Map<string, number>()
  let sending = false
  let restUntilMs = 0

  return {
    /** To be called with what a key has used up in its window here. */
    counted(key: string, points: number): void {
      if (points - sharedPoints(key) < step || now() < restUntilMs) return
      due.set(key, points)
      if (!sending) void sendAll()
    },
  }

  async function sendAll(): Promise<void> {
    sending = true
    try {
      while (due.size > 0) await send([...due].slice(0, MOST_PER_STATEMENT))
    } catch (err) {
      restUntilMs = now() + REST_MS
      due.clear()
      logger.warn({ err, limit: who }, 'Rate limits are counted by this instance alone for a while')
    } finally {
      sending = false
      forgetEnded()
    }
  }

  async function send(counts: [key: string, points: number][]): Promise<void> {
    const keys = new Map(counts.map(([key]) => [hashed(key), key]))
    for (const [key] of counts) due.delete(key)
    const growth = counts.map(([key, points]) => ({ key: hashed(key), points: points - sharedPoints(key) }))
    const before = new Map(counts)
    for (const { key: hash, points: sum, msLeft } of await addCounts(growth, windowMs)) {
      const key = keys.get(hash)
      if (key === undefined || msLeft <= 0) continue
      // What was counted here in the meantime is not in the sum yet.
      const here = windows.points(key)
      const meanwhile = Math.max(0, here - (before.get(key) ?? 0))
      // Never down: the database may have lost its count, this instance has not.
      windows.set(key, Math.max(here, sum + meanwhile), msLeft)
      known.set(key, { points: sum, untilMs: now() + msLeft })
    }
  }

  function sharedPoints(key: string): number {
    const sum = known.get(key)
    return sum && sum.untilMs > now() ? sum.points : 0
  }

  function forgetEnded(): void {
    for (const [key, { untilMs }] of known) if (untilMs <= now()) known.delete(key)
  }

  /** Neither tokens nor addresses leave this process. */
  function hashed(key: string): string {
    return `${who} ${createHash('sha256').update(key).digest('base64url')}`
  }
}
