import type { DeliveryStatus } from '#contracts/delivery.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { Database } from './database.ts'

export type StatusChange = {
  deliveryId: string
  from: DeliveryStatus
  to: DeliveryStatus
  atMs: number
  /** At pick-up: where the customer's view begins (domain/visibility.ts). */
  pickUp?: { visibleFromSeq: number; visibleSeqTold: boolean } | undefined
  /** Why, when it is cancelled or has failed. It may speak of people, so it stays here: no event carries it. */
  reason?: string | undefined
  requestId?: string | undefined
}

/**
 * Changes the status if it still is `from`, and puts the change into the outbox, in one statement: of several
 * attempts at once exactly one succeeds, and its event will be published. Whether the change is legal was decided before.
 * Returns false when another attempt was first, or there is no such delivery.
 */
export async function changeStatus({ prisma }: Database, change: StatusChange): Promise<boolean> {
  const { deliveryId, from, to, pickUp, reason = null, requestId = null } = change
  const at = new Date(change.atMs)
  const pickedUpAt = pickUp ? at : null
  const endedAt = isEnded(to) ? at : null
  const changed = await prisma.$executeRaw`
    WITH changed AS (
      UPDATE deliveries
      SET status = ${to}::delivery_status,
          status_at = ${at}::timestamptz,
          reason = coalesce(${reason}, reason),
          ended_at = coalesce(${endedAt}::timestamptz, ended_at),
          visible_from_seq = coalesce(${pickUp?.visibleFromSeq ?? null}::int, visible_from_seq),
          visible_seq_told = coalesce(${pickUp?.visibleSeqTold ?? null}::boolean, visible_seq_told),
          picked_up_at = coalesce(${pickedUpAt}::timestamptz, picked_up_at)
      WHERE id = ${deliveryId} AND status = ${from}::delivery_status
      RETURNING id, visible_from_seq, visible_seq_told, picked_up_at
    )
    INSERT INTO status_outbox (delivery_id, status, at, visible_from_seq, visible_seq_told, picked_up_at, request_id)
    SELECT id, ${to}::delivery_status, ${at}::timestamptz, visible_from_seq, visible_seq_told, picked_up_at, ${requestId}
    FROM changed`
  return changed === 1
}
