import type { ReplaceLinkAnswer } from '#contracts/http.ts'
import type { Role } from '#contracts/role.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { type Asker, mayReplaceLink } from '#domain/links.ts'
import { issueLink } from '../access/issue-link.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import { replaceLink as storeReplacement } from '../db/replace-link.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { waitAtMost } from '../ground/wait-at-most.ts'
import type { LiveDeliveries, LiveDelivery } from './live-deliveries.ts'
import { linkReplaced } from './open-delivery.ts'
import { PUBLISH_WITHIN_MS, type Relay } from './relay.ts'

type Dependencies = { live: LiveDeliveries; db: Database; relay: Relay; tokens: Tokens; now: () => number }
type Request = { role: Role; asker: Asker; requestId: string }

/**
 * The old link stops working here at once and elsewhere with the event in the log; the new one works everywhere at once.
 * As with a status, the database decides and stores the event in the same statement.
 * @throws ProblemError `forbidden`, `not_found`, `delivery_ended`, or `unauthenticated` for a link that was replaced
 */
export function createReplaceLink({ live, db, relay, tokens, now }: Dependencies) {
  return async (deliveryId: string, { role, asker, requestId }: Request): Promise<ReplaceLinkAnswer> => {
    if (!mayReplaceLink(asker, role)) {
      throw new ProblemError('forbidden', { detail: 'Only dispatch replaces the link of a rider.' })
    }
    const delivery = await live.get(deliveryId)
    refuseEnded(delivery)
    const atMs = now()
    const riderVersion = asker === 'dispatch' ? null : asker.version
    const version = await queryWithDeadline(() =>
      storeReplacement(db, { deliveryId, role, riderVersion, atMs, requestId }),
    )
    if (version === null) {
      // Something happened elsewhere that this instance has not heard of yet.
      refuseEnded(await live.reload(deliveryId))
      throw linkReplaced()
    }
    live.noteLink({ v: 1, deliveryId, role, version, atMs })
    await waitAtMost(PUBLISH_WITHIN_MS, relay.flush())
    return { role, ...issueLink(tokens, delivery.record.delivery, { role, version }) }
  }
}

function refuseEnded({ record }: LiveDelivery): void {
  if (isEnded(record.delivery.status)) {
    throw new ProblemError('delivery_ended', {
      detail: 'The delivery has ended; its links are of no more use.',
    })
  }
}
