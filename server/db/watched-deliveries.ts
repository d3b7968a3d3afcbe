import type { Watched } from '#domain/watch.ts'
import type { Delivery } from '../../generated/prisma/client.ts'
import type { Database } from './database.ts'

type Row = Pick<
  Delivery,
  | 'id'
  | 'status'
  | 'statusAt'
  | 'createdAt'
  | 'promisedAt'
  | 'destinationLat'
  | 'destinationLng'
  | 'visibleFromSeq'
  | 'visibleSeqTold'
  | 'pickedUpAt'
>

/** Those that a rider carries, and those whose promised time has passed. */
export async function listWatched({ prisma }: Database, nowMs: number): Promise<Watched[]> {
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT id, status::text, status_at AS "statusAt", created_at AS "createdAt", promised_at AS "promisedAt",
      destination_lat AS "destinationLat", destination_lng AS "destinationLng",
      visible_from_seq AS "visibleFromSeq", visible_seq_told AS "visibleSeqTold", picked_up_at AS "pickedUpAt"
    FROM deliveries
    WHERE ended_at IS NULL AND (status <> 'accepted' OR promised_at < ${new Date(nowMs)}::timestamptz)`
  return rows.map(
    ({ statusAt, createdAt, promisedAt, destinationLat: lat, destinationLng: lng, pickedUpAt, ...row }) => ({
      ...row,
      statusAtMs: statusAt.getTime(),
      createdAtMs: createdAt.getTime(),
      promisedAtMs: promisedAt?.getTime() ?? null,
      pickedUpAtMs: pickedUpAt?.getTime() ?? null,
      destination: { lat, lng },
    }),
  )
}
