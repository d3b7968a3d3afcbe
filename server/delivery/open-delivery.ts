import type { Claims } from '#domain/access.ts'
import { isReplaced } from '#domain/links.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { LiveDeliveries, LiveDelivery } from './live-deliveries.ts'

/**
 * Returns the delivery that a link opens, unless the link has been replaced. A delivery that this instance remembers costs
 * no query, and is returned at once.
 * @throws ProblemError `unauthenticated` when it has been replaced, `not_found` without its delivery
 */
export function createOpenDelivery({ live, now }: { live: LiveDeliveries; now: () => number }) {
  return (claims: Claims): LiveDelivery | Promise<LiveDelivery> => {
    const known = live.known(claims.deliveryId)
    return known === null ? lookUp(claims) : refuseReplaced(known, claims)
  }

  async function lookUp(claims: Claims): Promise<LiveDelivery> {
    return await refuseReplaced(await live.get(claims.deliveryId), claims)
  }

  function refuseReplaced(delivery: LiveDelivery, claims: Claims): LiveDelivery | Promise<LiveDelivery> {
    const { links } = delivery.record
    if (isReplaced(claims, links)) return Promise.reject(linkReplaced())
    const { deliveryId, role, version } = claims
    // We have signed it, so it is there: its use is news before the log brings it.
    if (version > links[role]) live.noteLink({ v: 1, deliveryId, role, version, atMs: now() })
    return delivery
  }
}

export function linkReplaced(): ProblemError {
  return new ProblemError('unauthenticated', { detail: 'The link has been replaced.' })
}
