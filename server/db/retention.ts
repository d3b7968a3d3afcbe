import type { Database } from './database.ts'

/** Beside the advisory lock of the migrations. */
const RETENTION_LOCK = 72_707_370

/** A step takes moments, and what others ask for comes in between. */
const DELIVERIES_AT_ONCE = 50
const POSITIONS_AT_ONCE = 2_000

/**
 * Does the work unless another instance is at it. The lock is that of a transaction which does nothing else, so it goes
 * with its connection, whatever becomes of the process. Returns whether it was this instance's turn.
 */
export async function inTurn(db: Database, work: () => Promise<void>): Promise<boolean> {
  return await db.inTransaction(async ({ query }) => {
    const [turn] = await query<{ ours: boolean }>(
      `SELECT pg_try_advisory_xact_lock(${RETENTION_LOCK}) AS ours`,
    )
    if (turn?.ours) await work()
    return turn?.ours ?? false
  })
}

/** A way that was planned anew begins where the rider was: it goes with that position. */
const WITH_A_POSITION = `route_plan > 0 AND (ended_at IS NOT NULL OR NOT EXISTS (
  SELECT 1 FROM locations
  WHERE delivery_id = deliveries.id AND seq = route_from_seq AND received_at >= $1::timestamptz))`

/**
 * One step: erases positions of deliveries whose status was last changed before `before`. Of those that still run, because
 * nobody has ended them, only the positions that are as old themselves; they are looked at again once that time has passed again.
 * With the positions goes what receivers of webhooks were told, which tells positions as well.
 */
const ERASE_POSITIONS = `
  WITH due AS (
    (SELECT id, ended_at FROM deliveries
      WHERE positions_erased_at IS NULL AND status_at < $1::timestamptz
      ORDER BY status_at LIMIT ${DELIVERIES_AT_ONCE})
    UNION ALL
    (SELECT id, ended_at FROM deliveries
      WHERE ended_at IS NULL AND status_at < $1::timestamptz AND positions_erased_at < $1::timestamptz
      LIMIT ${DELIVERIES_AT_ONCE})
  ), old AS (
    SELECT locations.delivery_id, locations.seq FROM due JOIN locations ON locations.delivery_id = due.id
    WHERE due.ended_at IS NOT NULL OR locations.received_at < $1::timestamptz
    LIMIT ${POSITIONS_AT_ONCE}
  ), gone AS (
    DELETE FROM locations USING old
    WHERE locations.delivery_id = old.delivery_id AND locations.seq = old.seq
    RETURNING 1
  ), told AS (
    DELETE FROM webhook_messages USING due
    WHERE webhook_messages.delivery_id = due.id AND webhook_messages.created_at < $1::timestamptz
  ), done AS (
    UPDATE deliveries SET positions_erased_at = now(),
      route = CASE WHEN ${WITH_A_POSITION} THEN jsonb_build_array(
        jsonb_build_array(stores.lat, stores.lng), jsonb_build_array(destination_lat, destination_lng)) ELSE route END,
      routed = routed AND NOT (${WITH_A_POSITION}),
      route_ms = CASE WHEN ${WITH_A_POSITION} THEN NULL ELSE route_ms END
    FROM stores
    WHERE stores.id = store_id AND deliveries.id IN (SELECT id FROM due)
      AND (SELECT count(*) FROM old) < ${POSITIONS_AT_ONCE}
  )
  SELECT (SELECT count(*) FROM due)::int AS due, (SELECT count(*) FROM gone)::int AS positions`

/** Returns how many positions went, and whether there may be more to do. */
export async function erasePositions(
  { rows }: Database,
  beforeMs: number,
): Promise<{ positions: number; more: boolean }> {
  const [step] = await rows<{ due: number; positions: number }>(ERASE_POSITIONS, [
    new Date(beforeMs).toISOString(),
  ])
  return { positions: step?.positions ?? 0, more: (step?.due ?? 0) > 0 }
}

/**
 * Some of the deliveries whose status was last changed before that, ended or not; none once all are gone. One that has not
 * ended is not over before the time that was promised is.
 */
export async function listOverdue({ prisma }: Database, beforeMs: number): Promise<string[]> {
  const before = new Date(beforeMs)
  const overdue = await prisma.delivery.findMany({
    where: {
      statusAt: { lt: before },
      OR: [{ endedAt: { not: null } }, { promisedAt: null }, { promisedAt: { lt: before } }],
    },
    orderBy: { statusAt: 'asc' },
    take: DELIVERIES_AT_ONCE,
    select: { id: true },
  })
  return overdue.map(({ id }) => id)
}
