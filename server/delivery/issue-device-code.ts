import { beginNumbering } from '#domain/app-readings.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { DeviceCodes } from '../access/device-codes.ts'
import { storeCode } from '../db/device-codes.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { LiveDeliveries } from './live-deliveries.ts'
import { linkReplaced } from './open-delivery.ts'

type Dependencies = { live: LiveDeliveries; db: Database; codes: DeviceCodes; now: () => number }

/**
 * A new code for this delivery's phone app; the one before stops working with the answer.
 * @throws ProblemError `not_found`, `delivery_ended`, or `unauthenticated` for a link that was replaced
 */
export function createIssueDeviceCode({ live, db, codes, now }: Dependencies) {
  return async (deliveryId: string, riderVersion: number): Promise<string> => {
    const { recent } = await live.get(deliveryId)
    const code = codes.make()
    const atMs = now()
    const numbering = beginNumbering(recent.lastSeq, atMs)
    const stored = await queryWithDeadline(() =>
      storeCode(db, { deliveryId, digest: codes.digestOf(code), riderVersion, atMs, numbering }),
    )
    if (stored) return code
    const { delivery } = (await live.reload(deliveryId)).record
    if (!isEnded(delivery.status)) throw linkReplaced()
    throw new ProblemError('delivery_ended', { detail: 'The delivery has ended; nothing is to be reported.' })
  }
}
