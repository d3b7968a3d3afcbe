import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { StatusEvent } from '#contracts/topics.ts'
import type { Database } from './database.ts'
import type { Outbox } from './outbox.ts'

type Row = {
  id: string
  deliveryId: string
  status: DeliveryStatus
  atMs: number
  visibleFromSeq: number | null
  visibleSeqTold: boolean
  pickedUpAtMs: number | null
  requestId: string | null
}

const PENDING = `
  SELECT
    id, delivery_id AS "deliveryId", status, round(extract(epoch FROM at) * 1000)::float8 AS "atMs",
    visible_from_seq AS "visibleFromSeq", visible_seq_told AS "visibleSeqTold",
    round(extract(epoch FROM picked_up_at) * 1000)::float8 AS "pickedUpAtMs", request_id AS "requestId"
  FROM status_outbox ORDER BY id LIMIT $1`
const REMOVE = 'DELETE FROM status_outbox WHERE id = ANY($1::bigint[])'

/** Filled by create-delivery.ts and change-status.ts. */
export function createStatusOutbox({ rows }: Pick<Database, 'rows'>): Outbox<StatusEvent> {
  return {
    async pending(limit) {
      const found = await rows<Row>(PENDING, [limit])
      return found.map(({ id, requestId, ...event }) => ({
        id: BigInt(id),
        event: { v: 1, ...event },
        requestId: requestId ?? undefined,
      }))
    },
    async remove(ids) {
      await rows(REMOVE, [`{${ids.join(',')}}`])
    },
  }
}
