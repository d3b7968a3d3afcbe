import { deliveryIdSchema } from '#contracts/delivery.ts'
import type { ListDeliveriesAnswer, ListDeliveriesQuery } from '#contracts/http.ts'
import type { Location } from '#contracts/location.ts'
import type { Summary } from '#contracts/snapshot.ts'
import { type DeliveryRecord, listDeliveries, type PlaceInList } from '../db/deliveries.ts'
import { newestLocations } from '../db/locations.ts'
import type { Database } from '../db/open-database.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { LiveDeliveries, LiveDelivery } from './live-deliveries.ts'
import { estimateEta } from './snapshot.ts'

type Dependencies = { live: LiveDeliveries; db: Database; now: () => number }

/**
 * All deliveries, newest first, page by page. Each page starts behind a delivery, not behind so many of them: what is made
 * or erased meanwhile moves nothing.
 * @throws ProblemError `invalid_body` for a cursor that is none
 */
export function createListDeliveries({ live, db, now }: Dependencies) {
  return async ({ cursor, limit, ...wanted }: ListDeliveriesQuery): Promise<ListDeliveriesAnswer> => {
    const after = cursor === undefined ? undefined : readCursor(cursor)
    // One more than asked for tells whether there is another page.
    const found = await listDeliveries(db, { ...wanted, after, limit: limit + 1 })
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return {
      deliveries: await summarise(page),
      nextCursor: found.length > limit && last ? cursorOf(last) : null,
    }
  }

  /** Of a running delivery this instance knows more than the database; one that has ended has nothing more to come. */
  async function summarise(page: readonly DeliveryRecord[]): Promise<Summary[]> {
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

const CURSOR = /^(\d{1,15}) (.+)$/

function cursorOf({ delivery: { createdAtMs, id } }: DeliveryRecord): string {
  return Buffer.from(`${createdAtMs} ${id}`).toString('base64url')
}

function readCursor(cursor: string): PlaceInList {
  const [, createdAtMs, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  // The end of the year 9999: later ones the database does not read.
  if (
    !deliveryIdSchema.safeParse(id).success ||
    id === undefined ||
    Number(createdAtMs) > 253_402_300_799_999
  )
    throw new ProblemError('invalid_body', {
      detail: 'A cursor is what the page before has answered as `nextCursor`.',
      field: 'cursor',
    })
  return { createdAtMs: Number(createdAtMs), id }
}
