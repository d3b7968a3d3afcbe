import type { Role } from '#contracts/role.ts'
import type { Database } from './database.ts'

export type LinkReplacement = {
  deliveryId: string
  /** Whose link. */
  role: Role
  /** The version of the rider's link that asks for it; null when dispatch does. */
  riderVersion: number | null
  atMs: number
  requestId?: string | undefined
}

/**
 * Counts the link's version up and puts that into the outbox, in one statement; whoever subscribed by a customer's old link
 * is told nothing more. Returns the version that works now, or null when nothing has changed: there is no such delivery, it
 * has ended, or the rider's link that asks has been replaced itself. That is judged here once more because an instance may
 * not have heard of it yet.
 */
export async function replaceLink(
  { prisma }: Database,
  replacement: LinkReplacement,
): Promise<number | null> {
  const { deliveryId, role, riderVersion, requestId = null } = replacement
  const at = new Date(replacement.atMs)
  const [replaced] = await prisma.$queryRaw<{ version: number }[]>`
    WITH replaced AS (
      UPDATE deliveries
      SET rider_link_version = rider_link_version + (${role} = 'rider')::int,
          customer_link_version = customer_link_version + (${role} = 'customer')::int
      WHERE id = ${deliveryId} AND ended_at IS NULL
        AND rider_link_version <= coalesce(${riderVersion}::int, rider_link_version)
      RETURNING id, CASE WHEN ${role} = 'rider' THEN rider_link_version ELSE customer_link_version END AS version
    ), untold AS (
      DELETE FROM push_subscriptions WHERE ${role} = 'customer' AND delivery_id IN (SELECT id FROM replaced)
    )
    INSERT INTO link_outbox (delivery_id, role, version, at, request_id)
    SELECT id, ${role}::link_role, version, ${at}::timestamptz, ${requestId} FROM replaced
    RETURNING version`
  return replaced?.version ?? null
}
