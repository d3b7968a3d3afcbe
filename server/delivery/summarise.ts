import type { Location } from '#contracts/location.ts'
import type { Summary } from '#contracts/snapshot.ts'
import type { DeliveryRecord } from '../db/deliveries.ts'
import { newestLocations } from '../db/locations.ts'
import type { Database } from '../db/open-database.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { LiveDeliveries, LiveDelivery } from './live-deliveries.ts'
import { estimateEta } from './snapshot.ts'

type Dependencies = { live: LiveDeliveries; db: Database; now: () => number }

/** Those of them that are not erased meanwhile, in the same order. */
export type Summarise = (records: readonly DeliveryRecord[]) => Promise<Summary[]>

export function createSummarise({ live, db, now }: Dependencies): Summarise {
  /** Of a running delivery this instance knows more than the database; one that has ended has nothing more to come. */
  return async (page) => {
    const ended = page.filter(({ endedAtMs }) => endedAtMs !== null)
    const [places, running] = await Promise.all([
      ended.length > 0
        ? newestLocations(
            db,
            ended.map((view) => ({ id: view.delivery.id, view })),
          )
        : [],
      Promise.all(page.map(({ delivery, endedAtMs }) => (endedAtMs === null ? find(delivery.id) : null))),
    ])
    const placeOf = new Map(ended.map(({ delivery }, i) => [delivery.id, believedOf(places[i])]))
    return page.flatMap((record, i) => {
      const { id } = record.delivery
      if (placeOf.has(id)) return [summaryOf(record, placeOf.get(id) ?? null, null)]
      const delivery = running[i]
      // Erased meanwhile.
      if (!delivery) return []
      const { believed } = delivery.recent
      return [summaryOf(delivery.record, believed, estimateEta(delivery, believed, now()))]
    })
  }

  async function find(deliveryId: string): Promise<LiveDelivery | null> {
    return await live.get(deliveryId).catch((error: unknown) => {
      if (error instanceof ProblemError && error.code === 'not_found') return null
      throw error
    })
  }
}

/** A delivery in a list, on the board as well. */
export function summaryOf(
  { delivery: { route: _route, ...delivery } }: DeliveryRecord,
  lastLocation: Location | null,
  eta: Summary['eta'],
): Summary {
  return { ...delivery, lastLocation, eta }
}

/** They come by number, the highest first. */
function believedOf(newest: readonly Location[] = []): Location | null {
  return newest.find(({ implausible }) => !implausible) ?? null
}
