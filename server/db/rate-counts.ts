import type { Database } from './database.ts'

const SWEEP_EVERY_MS = 60_000

/** Adds to what all instances have counted, and answers the sums and how long their windows last. */
export type AddCounts = (
  counts: { key: string; points: number }[],
  windowMs: number,
) => Promise<{ key: string; points: number; msLeft: number }[]>

/**
 * Counters that the instances share, any number of them in one statement. Time is the database's own, so the clocks of
 * the instances need not agree. Rows go in by key, so that two batches cannot wait for each other in a circle.
 */
export function createAddCounts({ prisma }: Database, now: () => number): AddCounts {
  let sweptAtMs = now()

  return async (counts, windowMs) => {
    const sums = await prisma.$queryRaw<{ key: string; points: number; msLeft: number }[]>`
      INSERT INTO rate_counts AS counted (key, points, expires_at)
      SELECT key, points, clock_timestamp() + ${windowMs}::float8 * interval '1 millisecond'
      FROM unnest(${counts.map(({ key }) => key)}::text[], ${counts.map(({ points }) => points)}::int[])
        AS given (key, points)
      ORDER BY key
      ON CONFLICT (key) DO UPDATE SET
        points = excluded.points +
          CASE WHEN counted.expires_at > clock_timestamp() THEN counted.points ELSE 0 END,
        expires_at =
          CASE WHEN counted.expires_at > clock_timestamp() THEN counted.expires_at ELSE excluded.expires_at END
      RETURNING
        key, points, (extract(epoch FROM expires_at - clock_timestamp()) * 1000)::float8 AS "msLeft"`
    if (now() - sweptAtMs > SWEEP_EVERY_MS) {
      sweptAtMs = now()
      await prisma.$executeRaw`DELETE FROM rate_counts WHERE expires_at < clock_timestamp()`
    }
    return sums
  }
}
