import type { LatLng } from '#contracts/place.ts'
import type { Database } from './database.ts'

/** Of one delivery the way is planned anew at most so often, by all instances together. */
const EVERY_MS = 30_000

/** Of several instances that see the same at the same time, one may plan; whoever may not is told false. */
export async function claimPlanning(
  { prisma }: Database,
  deliveryId: string,
  atMs: number,
): Promise<boolean> {
  const at = new Date(atMs)
  const latest = new Date(atMs - EVERY_MS)
  const claimed = await prisma.$executeRaw`
    UPDATE deliveries SET route_tried_at = ${at}::timestamptz
    WHERE id = ${deliveryId} AND ended_at IS NULL
      AND (route_tried_at IS NULL OR route_tried_at <= ${latest}::timestamptz)`
  return claimed === 1
}

export type NewWay = {
  deliveryId: string
  route: LatLng[]
  /** How long a router takes it to last; null without one. */
  durationMs: number | null
  /** Of the position that it starts at. */
  fromSeq: number
  atMs: number
  requestId: string
}

/** Stores the way and puts it into the outbox, in one statement. Returns which plan of the delivery it is; null after its end. */
export async function storeWay({ prisma }: Database, way: NewWay): Promise<number | null> {
  const { deliveryId, fromSeq, durationMs, requestId } = way
  const route = JSON.stringify(way.route)
  const at = new Date(way.atMs)
  const [stored] = await prisma.$queryRaw<{ plan: number }[]>`
    WITH planned AS (
      UPDATE deliveries
      SET route = ${route}::jsonb, routed = true, route_ms = ${durationMs}::int,
        route_plan = route_plan + 1, route_from_seq = ${fromSeq}::int
      WHERE id = ${deliveryId} AND ended_at IS NULL
      RETURNING id, route_plan
    )
    INSERT INTO route_outbox (delivery_id, plan, from_seq, route, route_ms, at, request_id)
    SELECT id, route_plan, ${fromSeq}::int, ${route}::jsonb, ${durationMs}::int, ${at}::timestamptz, ${requestId} FROM planned
    RETURNING plan`
  return stored?.plan ?? null
}
