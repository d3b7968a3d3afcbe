import type { PostDeviceAnswer } from '#contracts/http.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import { takeOver as storeTakeover } from '../db/take-over.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { waitAtMost } from '../ground/wait-at-most.ts'
import type { LiveDeliveries } from './live-deliveries.ts'
import { PUBLISH_WITHIN_MS, type Relay } from './relay.ts'

type Dependencies = { live: LiveDeliveries; db: Database; relay: Relay; now: () => number }

/**
 * From now on this device rides, here at once and elsewhere with the event in the log. As with a link, the database decides
 * and stores the event in the same statement. Repeating it is harmless.
 * @throws ProblemError `not_found` or `delivery_ended`
 */
export function createTakeOver({ live, db, relay, now }: Dependencies) {
  return async (
    deliveryId: string,
    { deviceId }: { deviceId: string },
    { requestId }: { requestId: string },
  ): Promise<PostDeviceAnswer> => {
    const atMs = now()
    const takeover = await queryWithDeadline(() =>
      storeTakeover(db, { deliveryId, deviceId, atMs, requestId }),
    )
    if (takeover === null) {
      const { record } = await live.reload(deliveryId)
      if (isEnded(record.delivery.status))
        throw new ProblemError('delivery_ended', {
          detail: 'The delivery has ended; nothing is to be ridden.',
        })
      return { deviceId }
    }
    live.noteDevice({ v: 1, deliveryId, deviceId, takeover, atMs })
    await waitAtMost(PUBLISH_WITHIN_MS, relay.flush())
    return { deviceId }
  }
}
