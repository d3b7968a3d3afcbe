import type { Claims } from '#domain/access.ts'
import { isReplaced } from '#domain/links.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { LiveDeliveries, LiveDelivery } from './live-deliveries.ts'

/**
 * Returns the delivery that a link opens, unless the link has been replaced. A delivery that this instance remembers costs
 * no query.
 * @throws ProblemError `unauthenticated` when it has been replaced, `not_found` without its delivery
 */
export function createOpenDelivery({ live, now }: { live: LiveDeliveries; now: () => number }) {
  return async (claims: Claims): Promise<LiveDelivery> => {
    const { deliveryId, role, version } = claims
    const delivery = await live.get(deliveryId)
    const { links } = delivery.record
    if (isReplaced(claims, links)) throw linkReplaced()
    // We have signed it, so it is there: its use is news before the log brings it.
    if (version > links[role]) live.noteLink({ v: 1, deliveryId, role, version, atMs: now() })
    return delivery
  }
}

export function linkReplaced(): ProblemError {
  return new ProblemError('unauthenticated', { detail: 'The link has been replaced.' })
}
