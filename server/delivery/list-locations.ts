import type { ListLocationsAnswer } from '#contracts/http.ts'
import type { Location } from '#contracts/location.ts'
import type { Role } from '#contracts/role.ts'
import { isEnded, isVisibleToCustomer } from '#domain/lifecycle.ts'
import { isLocationVisible } from '#domain/visibility.ts'
import { listLocations as listStored } from '../db/locations.ts'
import type { Database } from '../db/open-database.ts'
import { ProblemError } from '../gateway/problem-error.ts'
import type { LiveDeliveries } from './live-deliveries.ts'

type Query = { afterSeq: number; limit: number; reader: Role }

/**
 * The history, by seq. What was acknowledged a moment ago may not be stored yet: this instance's own memory of the
 * last points fills that gap, so whoever asks after an answer finds the point.
 * @throws ProblemError `not_found` or `delivery_ended`
 */
export function createListLocations({ live, db }: { live: LiveDeliveries; db: Database }) {
  return async (deliveryId: string, { afterSeq, limit, reader }: Query): Promise<ListLocationsAnswer> => {
    const { record, recent } = await live.get(deliveryId)
    const { status } = record.delivery
    if (isEnded(status)) throw new ProblemError('delivery_ended', { detail: 'The delivery has ended.' })
    if (reader === 'customer' && !isVisibleToCustomer(status)) return { locations: [], nextAfterSeq: null }

    const visibility = reader === 'customer' ? { ...record, status } : undefined
    // One more than asked for tells whether there is another page.
    const stored = await listStored(db, { deliveryId, afterSeq, visible: visibility, limit: limit + 1 })
    const remembered = recent
      .after(afterSeq)
      .filter((location) => visibility === undefined || isLocationVisible(visibility, location))
    const merged = mergeBySeq(stored, remembered)
    const locations = merged.slice(0, limit)
    const last = locations.at(-1)
    return { locations, nextAfterSeq: merged.length > limit && last ? last.seq : null }
  }
}

function mergeBySeq(stored: Location[], remembered: Location[]): Location[] {
  const bySeq = new Map(remembered.map((location) => [location.seq, location]))
  // The stored one wins: it is what everyone else will read.
  for (const location of stored) bySeq.set(location.seq, location)
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}
