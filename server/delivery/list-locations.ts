import type { ListLocationsAnswer } from '#contracts/http.ts'
import { isEnded, isVisibleToCustomer } from '#domain/lifecycle.ts'
import type { Reader } from '#domain/links.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { LiveDeliveries } from './live-deliveries.ts'
import type { ReadHistory } from './read-history.ts'
import { visibilityOf } from './snapshot.ts'

type Query = { afterSeq: number; limit: number; reader: Reader }
type Dependencies = { live: LiveDeliveries; readHistory: ReadHistory }

/**
 * The history, page by page. To a customer outside pick-up and arrival it is empty; after the end dispatch alone reads it.
 * @throws ProblemError `not_found`, `delivery_ended` or `log_unavailable`
 */
export function createListLocations({ live, readHistory }: Dependencies) {
  return async (deliveryId: string, { afterSeq, limit, reader }: Query): Promise<ListLocationsAnswer> => {
    const delivery = await live.get(deliveryId)
    const { status } = delivery.record.delivery
    if (isEnded(status) && reader !== 'dispatch')
      throw new ProblemError('delivery_ended', { detail: 'The delivery has ended.' })
    if (reader === 'customer' && !isVisibleToCustomer(status)) return { locations: [], nextAfterSeq: null }

    const visible = reader === 'customer' ? visibilityOf(delivery) : undefined
    // One more than asked for tells whether there is another page.
    const found = await readHistory(deliveryId, { afterSeq, visible, limit: limit + 1 })
    const locations = found.slice(0, limit)
    const last = locations.at(-1)
    return { locations, nextAfterSeq: found.length > limit && last ? last.seq : null }
  }
}
