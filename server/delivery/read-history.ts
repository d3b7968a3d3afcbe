import type { Location } from '#contracts/location.ts'
import { isLocationVisible, type Visibility } from '#domain/visibility.ts'
import { gathered } from '../db/gathered.ts'
import { type LocationQuery, listLocations } from '../db/locations.ts'
import type { Database } from '../db/open-database.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { isStoredSoon } from './is-stored-soon.ts'
import type { LiveDeliveries } from './live-deliveries.ts'

export type HistoryQuery = {
  afterSeq: number
  /** Of the stored ones; what this instance remembers comes on top. */
  limit: number
  /** Only what a customer may see. */
  visible?: Visibility | undefined
}

const AGAIN_AFTER_MS = 2_000

/**
 * All that was acknowledged before the question, by seq. The history stores in the order of the log and may be behind:
 * this instance's memory of the last points fills the gap. If the first point that it remembers is not stored either,
 * others are missing.
 * @throws ProblemError `not_found`, or `log_unavailable` when the history is further behind than this instance remembers
 */
export function createReadHistory({ live, db }: { live: LiveDeliveries; db: Database }) {
  const list = gathered((queries: readonly LocationQuery[]) => listLocations(db, queries))
  return async (deliveryId: string, { afterSeq, limit, visible }: HistoryQuery): Promise<Location[]> => {
    const { recent } = await live.get(deliveryId)
    // Before the database is asked: what is forgotten meanwhile must not be missing.
    const { firstKept } = recent
    const remembered = recent
      .after(afterSeq)
      .filter((location) => visible === undefined || isLocationVisible(visible, location))
    if (!(await isStoredSoon(db, firstKept))) {
      throw new ProblemError('log_unavailable', {
        detail: 'The history is behind, and some locations would be missing. Try again in a moment.',
        retryAfterMs: AGAIN_AFTER_MS,
      })
    }
    const stored = await list({ deliveryId, afterSeq, visible, limit })
    const bySeq = new Map(remembered.map((location) => [location.seq, location]))
    // The stored one wins: it is what everyone else will read.
    for (const location of stored) bySeq.set(location.seq, location)
    return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
  }
}
export type ReadHistory = ReturnType<typeof createReadHistory>
