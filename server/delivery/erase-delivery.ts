import { eraseDelivery as storeErasure } from '../db/erase-delivery.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { waitAtMost } from '../ground/wait-at-most.ts'
import type { LiveDeliveries } from './live-deliveries.ts'
import { PUBLISH_WITHIN_MS, type Relay } from './relay.ts'

type Dependencies = { live: LiveDeliveries; db: Database; relay: Relay; now: () => number }

/**
 * Nothing of the delivery stays in the database. This instance forgets it at once, the others with the event in the log,
 * which is stored with the erasure: an answer that came too late for its caller changes nothing of that.
 * @throws ProblemError `not_found`, of a delivery that was erased before as well
 */
export function createEraseDelivery({ live, db, relay, now }: Dependencies) {
  return async (deliveryId: string, { requestId }: { requestId: string }): Promise<void> => {
    const atMs = now()
    if (!(await queryWithDeadline(() => storeErasure(db, { deliveryId, atMs, requestId }))))
      throw new ProblemError('not_found', { detail: 'There is no such delivery.' })
    live.noteErased({ v: 1, deliveryId, atMs })
    await waitAtMost(PUBLISH_WITHIN_MS, relay.flush())
  }
}
