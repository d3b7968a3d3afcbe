import type { Claims } from '#domain/access.ts'
import { isReplaced } from '#domain/links.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { LiveDeliveries } from './live-deliveries.ts'

/** Asks what this instance remembers of the delivery: no query for who is known already. */
export function createRefuseReplaced({ live, now }: { live: LiveDeliveries; now: () => number }) {
  return async (claims: Claims): Promise<void> => {
    const { deliveryId, role, version } = claims
    const { links } = (await live.get(deliveryId)).record
    if (isReplaced(claims, links)) throw linkReplaced()
    // We have signed it, so it is there: its use is news before the log brings it.
    if (version > links[role]) live.noteLink({ v: 1, deliveryId, role, version, atMs: now() })
  }
}

export function linkReplaced(): ProblemError {
  return new ProblemError('unauthenticated', { detail: 'The link has been replaced.' })
}
