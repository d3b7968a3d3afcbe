import type { Location } from '#contracts/location.ts'
import { isVisibleToCustomer } from '#domain/lifecycle.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import type { LiveDeliveries } from './live-deliveries.ts'
import type { ReadHistory } from './read-history.ts'
import type { RecentLocations } from './recent-locations.ts'
import { visibilityOf } from './snapshot.ts'

/** More than this is fetched over HTTP, page by page. */
const MOST_PER_SNAPSHOT = 500
/** How long one reading serves further customers: a crowd comes back over some seconds. */
const SERVES_FOR_MS = 2_000

type Reading = { afterSeq: number; remembered: ReadonlySet<number>; found: Promise<Location[]> }

/** What a customer has missed since a seq, as far as this instance's memory does not hold it anyway. */
export type MissedLocations = (deliveryId: string, afterSeq: number) => Promise<Location[]>

/** Whether the memory holds every number after this one: what comes later than the newest comes with the stream. */
function isRemembered(recent: RecentLocations, afterSeq: number): boolean {
  return recent.after(afterSeq).length >= recent.lastSeq - afterSeq
}

/**
 * Where the memory does not reach, the history is read, once for all customers of a delivery who come back in the same
 * moment. What is accepted after the reading is in the memory.
 */
export function createMissedLocations({
  live,
  readHistory,
}: {
  live: LiveDeliveries
  readHistory: ReadHistory
}): MissedLocations {
  const readings = new Map<string, Reading>()

  return async (deliveryId, afterSeq) => {
    const delivery = await live.get(deliveryId)
    if (!isVisibleToCustomer(delivery.record.delivery.status)) return []
    if (isRemembered(delivery.recent, afterSeq)) return []
    const visible = visibilityOf(delivery)
    const reading = readings.get(deliveryId)
    // A reading from an earlier number holds the later ones, unless the limit cut it.
    if (reading && reading.afterSeq <= afterSeq && meetsMemory(reading, delivery.recent)) {
      const found = await reading.found
      if (reading.afterSeq === afterSeq || found.length < MOST_PER_SNAPSHOT)
        return found.filter(({ seq }) => seq > afterSeq)
    }
    const remembered = new Set(delivery.recent.after(0).map(({ seq }) => seq))
    const found = queryWithDeadline(() =>
      readHistory(deliveryId, { afterSeq, visible, limit: MOST_PER_SNAPSHOT }),
    )
    const own: Reading = { afterSeq, remembered, found }
    readings.set(deliveryId, own)
    const forget = () => {
      if (readings.get(deliveryId) === own) readings.delete(deliveryId)
    }
    // A failure reaches the callers that waited for it, and no later one.
    found.then(() => setTimeout(forget, SERVES_FOR_MS).unref(), forget)
    return await found
  }
}

/** Whether the memory goes back to the reading: then nothing that came after it has been forgotten. */
function meetsMemory({ remembered }: Reading, { firstKept }: RecentLocations): boolean {
  return firstKept === null || remembered.has(firstKept.seq)
}
