import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { StatusEvent } from '#contracts/topics.ts'
import { decideTransition } from '#domain/lifecycle.ts'
import { type DeliveryRecord, changeStatus as storeStatus } from '../db/deliveries.ts'
import type { Database } from '../db/open-database.ts'
import { ProblemError } from '../gateway/problem-error.ts'
import type { Publish } from '../kafka/publish.ts'
import type { LiveDeliveries, LiveDelivery } from './live-deliveries.ts'

export type ChangeStatus = (
  deliveryId: string,
  to: DeliveryStatus,
  context: { by: 'rider' | 'server'; requestId?: string },
) => Promise<DeliveryStatus>

type Dependencies = { live: LiveDeliveries; db: Database; publish: Publish; now: () => number }

/** Others may change the status at the same moment; whoever comes second decides anew, on what is true then. */
const TRIES = 3

/**
 * The database decides (only from the status it was judged by), then Kafka tells everyone.
 * Repeating the current status tells it again, so a retry also mends a change that was stored but not told.
 * @throws ProblemError `not_found`, `delivery_ended`, `illegal_transition` or `log_unavailable`
 */
export function createChangeStatus({ live, db, publish, now }: Dependencies): ChangeStatus {
  return async (deliveryId, to, { by, requestId }) => {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const delivery = attempt === 1 ? await live.get(deliveryId) : await live.reload(deliveryId)
      const event = await enter(delivery, to, by)
      if (!event) continue
      await publish.status(event, requestId)
      live.noteStatus(event)
      return to
    }
    throw new ProblemError('illegal_transition', {
      detail: 'The status is being changed by others; look again.',
    })
  }

  /** null when the status was no longer what it was judged by. */
  async function enter(
    { record, recent }: LiveDelivery,
    to: DeliveryStatus,
    by: 'rider' | 'server',
  ): Promise<StatusEvent | null> {
    const { id, status: from } = record.delivery
    if (decide(from, to, by) === 'same') return statusEvent(record)

    const atMs = Math.max(now(), record.delivery.statusAtMs)
    const visibleFromSeq = to === 'picked_up' ? (recent.last?.seq ?? 1) : record.visibleFromSeq
    const changed = await storeStatus(db, {
      deliveryId: id,
      from,
      to,
      atMs,
      ...(visibleFromSeq === null ? {} : { visibleFromSeq }),
    })
    return changed ? { v: 1, deliveryId: id, status: to, atMs, visibleFromSeq } : null
  }
}

function decide(from: DeliveryStatus, to: DeliveryStatus, by: 'rider' | 'server'): 'same' | 'legal' {
  // `arriving` is the server's own decision, which no rider may ask for.
  if (by === 'server' && from === 'picked_up' && to === 'arriving') return 'legal'
  const transition = decideTransition(from, to)
  if (transition === 'ended')
    throw new ProblemError('delivery_ended', { detail: `The delivery is ${from} already.` })
  if (transition === 'illegal') {
    throw new ProblemError('illegal_transition', {
      detail: `A delivery does not go from ${from} to ${to}.`,
      field: 'status',
    })
  }
  return transition
}

function statusEvent({ delivery, visibleFromSeq }: DeliveryRecord): StatusEvent {
  return { v: 1, deliveryId: delivery.id, status: delivery.status, atMs: delivery.statusAtMs, visibleFromSeq }
}
