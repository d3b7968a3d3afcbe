import type { Location } from '#contracts/location.ts'
import { findLocations } from '../db/locations.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { isStoredSoon } from './is-stored-soon.ts'
import type { LiveDelivery } from './live-deliveries.ts'

const AGAIN_AFTER_MS = 2_000

/**
 * Returns what the database has under those numbers that this instance does not remember, up to the newest: they may stand
 * for other points already. An ordinary post has no such number: undefined, and no query.
 *
 * The history stores in the order of the log. Once it has the first point that is remembered, it has all that was
 * forgotten; until then the answer is unknown.
 * @throws ProblemError `log_unavailable` when the database is away, or has not got that far
 */
export function findForgotten(
  db: Database,
  { record, recent }: LiveDelivery,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, Location>> | undefined {
  const { lastSeq } = recent
  if (seqs.every((seq) => seq > lastSeq)) return undefined
  const forgotten = seqs.filter((seq) => seq <= lastSeq && !recent.find(seq))
  if (forgotten.length === 0) return undefined
  const { firstKept } = recent
  return queryWithDeadline(async () => {
    const find = async () => {
      const found = await findLocations(db, record.delivery.id, forgotten)
      return new Map(found.map((location) => [location.seq, location]))
    }
    const stored = await find()
    if (firstKept === null || forgotten.every((seq) => stored.has(seq))) return stored
    if (await isStoredSoon(db, firstKept)) return await find()
    throw new ProblemError('log_unavailable', {
      detail: 'The history is behind, and these numbers may be taken. Try again in a moment.',
      retryAfterMs: AGAIN_AFTER_MS,
    })
  })
}
