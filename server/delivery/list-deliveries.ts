import { deliveryIdSchema } from '#contracts/delivery.ts'
import type { ListDeliveriesAnswer, ListDeliveriesQuery } from '#contracts/http.ts'
import { type DeliveryRecord, listDeliveries, type PlaceInList } from '../db/deliveries.ts'
import type { Database } from '../db/open-database.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { Summarise } from './summarise.ts'

type Dependencies = { db: Database; summarise: Summarise }

/**
 * All deliveries, newest first, page by page. Each page starts behind a delivery, not behind so many of them: what is made
 * or erased meanwhile moves nothing.
 * @throws ProblemError `invalid_body` for a cursor that is none
 */
export function createListDeliveries({ db, summarise }: Dependencies) {
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
