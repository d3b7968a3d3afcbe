import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { StatusEvent } from '#contracts/topics.ts'
import { decideTransition } from '#domain/lifecycle.ts'
import { isAppDevice } from '#domain/riding-device.ts'
import { beginView } from '#domain/visibility.ts'
import { changeStatus as storeStatus } from '../db/change-status.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { waitAtMost } from '../ground/wait-at-most.ts'
import type { LiveDeliveries, LiveDelivery } from './live-deliveries.ts'
import { refuseFarSeq } from './refuse-far-seq.ts'
import { PUBLISH_WITHIN_MS, type Relay } from './relay.ts'
import { requirePin } from './require-pin.ts'

export type StatusContext = {
  by: 'rider' | 'dispatch' | 'server'
  requestId?: string | undefined
  /** The last number that the rider's device had captured by then, if the device sends it. */
  atSeq?: number | undefined
  /** Why, when it is cancelled or has failed. */
  reason?: string | undefined
  /** What the rider was told at the door. */
  pin?: string | undefined
}
export type ChangeStatus = (
  deliveryId: string,
  to: DeliveryStatus,
  context: StatusContext,
) => Promise<DeliveryStatus>

type Dependencies = { live: LiveDeliveries; db: Database; relay: Relay; now: () => number }

/** Two changes may come at the same moment; the second one is decided anew, on the status that the first one has set. */
const TRIES = 3

/**
 * The database decides: the change is made only from the status that it was judged by. With the change the database
 * stores the event in its outbox; so an answer is a promise that survives this process, also while Kafka is away.
 * A rider hands over with the PIN, if the order has one. Dispatch needs none: it made the order, and ends it for a customer
 * who cannot find the number.
 * @throws ProblemError `not_found`, `delivery_ended`, `illegal_transition` or `wrong_pin`
 */
export function createChangeStatus({ live, db, relay, now }: Dependencies): ChangeStatus {
  return async (deliveryId, to, context) => {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const delivery = attempt === 1 ? await live.get(deliveryId) : await live.reload(deliveryId)
      if (decide(delivery.record.delivery.status, to, context.by) === 'same') return to
      if (to === 'delivered' && context.by === 'rider' && delivery.record.pin !== null)
        await requirePin(db, deliveryId, context.pin)
      if (context.atSeq !== undefined) refuseFarSeq(context.atSeq, 'atSeq', delivery.recent.lastSeq)
      const event = await enter(delivery, to, context)
      if (!event) continue
      live.noteStatus(event, context.reason)
      await waitAtMost(PUBLISH_WITHIN_MS, relay.flush())
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
    { requestId, atSeq, reason }: StatusContext,
  ): Promise<StatusEvent | null> {
    const { id, status: from, statusAtMs } = record.delivery
    // Later than the one before, also for a clock that stands still or was set back: that is how a repeat is known.
    const atMs = Math.max(now(), statusAtMs + 1)
    // The page's own numbers say nothing of an app's, by which the ride goes on.
    const lastCaptured = isAppDevice(record.riding.deviceId) ? undefined : atSeq
    const pickUp = to === 'picked_up' ? beginView(lastCaptured, recent) : undefined
    const changed = await queryWithDeadline(() =>
      storeStatus(db, { deliveryId: id, from, to, atMs, requestId, pickUp, reason }),
    )
    if (!changed) return null
    const { visibleFromSeq, visibleSeqTold } = pickUp ?? record
    const pickedUpAtMs = pickUp ? atMs : record.pickedUpAtMs
    return { v: 1, deliveryId: id, status: to, atMs, visibleFromSeq, visibleSeqTold, pickedUpAtMs }
  }
}

function decide(from: DeliveryStatus, to: DeliveryStatus, by: StatusContext['by']): 'same' | 'legal' {
  // `arriving` is the server's own decision, which no rider may ask for.
  if (by === 'server' && from === 'picked_up' && to === 'arriving') return 'legal'
  const transition = decideTransition(from, to)
  if (transition === 'ended') {
    throw new ProblemError('delivery_ended', { detail: `The delivery is ${from} already.` })
  }
  if (transition === 'illegal') {
    throw new ProblemError('illegal_transition', {
      detail: `A delivery does not go from ${from} to ${to}.`,
      field: 'status',
    })
  }
  return transition
}
