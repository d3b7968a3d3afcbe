import type { DeliveryStatus } from '#contracts/delivery.ts'
import { MOST_SUBSCRIPTIONS, type ToldStatus } from '#contracts/push.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { Database } from './database.ts'

export type Subscription = {
  deliveryId: string
  endpoint: string
  p256dh: string
  auth: string
  language: string
  /** Of the page. */
  origin: string
  /** Of the link that asks for it. */
  customerVersion: number
}

/**
 * Stores it, or renews the one that this endpoint has. Of the delivery's status its reader is not told: the page shows it.
 * `not_there`: the delivery has ended, or its link has been replaced.
 */
export async function storeSubscription(
  { prisma }: Database,
  { deliveryId, endpoint, p256dh, auth, language, origin, customerVersion }: Subscription,
): Promise<'stored' | 'too_many' | 'not_there'> {
  // One at a time for each delivery: the second statement counts what others stored before it.
  const [there, stored] = await prisma.$transaction([
    prisma.$queryRaw<unknown[]>`
      SELECT id FROM deliveries
      WHERE id = ${deliveryId} AND ended_at IS NULL AND customer_link_version <= ${customerVersion}::int
      FOR NO KEY UPDATE`,
    prisma.$executeRaw`
      INSERT INTO push_subscriptions
        (delivery_id, endpoint, p256dh, auth, language, origin, customer_link_version, told)
      SELECT id, ${endpoint}, ${p256dh}, ${auth}, ${language}, ${origin}, ${customerVersion}::int, status
      FROM deliveries
      WHERE id = ${deliveryId} AND ended_at IS NULL AND customer_link_version <= ${customerVersion}::int
        AND (SELECT count(*) FROM push_subscriptions
          WHERE delivery_id = ${deliveryId} AND endpoint <> ${endpoint}) < ${MOST_SUBSCRIPTIONS}
      ON CONFLICT (delivery_id, endpoint) DO UPDATE SET
        p256dh = excluded.p256dh, auth = excluded.auth, language = excluded.language, origin = excluded.origin,
        customer_link_version = excluded.customer_link_version,
        told = greatest(push_subscriptions.told, excluded.told)`,
  ])
  if (there.length === 0) return 'not_there'
  return stored === 1 ? 'stored' : 'too_many'
}

export async function forgetEndpoint(
  { prisma }: Database,
  deliveryId: string,
  endpoint: string,
): Promise<void> {
  await prisma.pushSubscription.deleteMany({ where: { deliveryId, endpoint } })
}

export async function listEndpoints({ prisma }: Database, deliveryId: string): Promise<string[]> {
  const found = await prisma.pushSubscription.findMany({ where: { deliveryId }, select: { endpoint: true } })
  return found.map(({ endpoint }) => endpoint)
}

type StatusNews = { deliveryId: string; status: DeliveryStatus; atMs: number }

/**
 * Notes for every subscription of these deliveries what is to be told. Of what its reader knows, or what comes after it, there
 * is nothing to tell; so what the log brings again changes nothing. A status that waits makes place for a later one.
 */
export async function noteNews({ prisma }: Database, news: readonly StatusNews[]): Promise<void> {
  if (news.length === 0) return
  const ids = news.map(({ deliveryId }) => deliveryId)
  const statuses = news.map(({ status }) => status)
  const times = news.map(({ atMs }) => new Date(atMs))
  // A message that is on its way, or has to wait, is not overtaken: `next_try_at` stays.
  await prisma.$executeRaw`
    UPDATE push_subscriptions AS mine
    SET due = latest.status, due_at = latest.at, tries = 0, next_try_at = coalesce(mine.next_try_at, now())
    FROM (
      SELECT DISTINCT ON (delivery_id) delivery_id, status, at
      FROM unnest(${ids}::text[], ${statuses}::delivery_status[], ${times}::timestamptz[]) AS news(delivery_id, status, at)
      ORDER BY delivery_id, status DESC
    ) AS latest
    WHERE mine.delivery_id = latest.delivery_id AND mine.told < latest.status
      AND (mine.due IS NULL OR mine.due < latest.status)`
}

/** Nothing more is told of them. */
export async function forgetDeliveries({ prisma }: Database, deliveryIds: readonly string[]): Promise<void> {
  if (deliveryIds.length === 0) return
  await prisma.pushSubscription.deleteMany({ where: { deliveryId: { in: [...deliveryIds] } } })
}

/** A status that is to be sent to this subscription now, for the `tries`-th time. */
export type DueNotice = Subscription & {
  id: bigint
  status: ToldStatus
  atMs: number
  tries: number
  promisedAtMs: number | undefined
}

/**
 * Takes at most `limit` of those that are due. Who takes one has `leaseMs` to send it and say so; then it is due again, for
 * whichever instance looks: so what a process had taken that was killed is sent all the same.
 */
export async function takeDue(
  { prisma }: Database,
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<DueNotice[]> {
  const taken = await prisma.$queryRaw<
    (Subscription & { id: bigint; status: ToldStatus; at: Date; tries: number; promisedAt: Date | null })[]
  >`
    WITH due AS (
      SELECT id FROM push_subscriptions WHERE next_try_at <= now()
      ORDER BY next_try_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE push_subscriptions AS mine
    SET tries = mine.tries + 1, next_try_at = now() + ${leaseMs}::int * interval '1 millisecond'
    FROM due, deliveries
    WHERE mine.id = due.id AND deliveries.id = mine.delivery_id
    RETURNING mine.id, mine.delivery_id AS "deliveryId", endpoint, p256dh, auth, language, origin,
      mine.customer_link_version AS "customerVersion", due AS status, due_at AS at, tries,
      deliveries.promised_at AS "promisedAt"`
  return taken.map(({ at, promisedAt, ...notice }) => ({
    ...notice,
    atMs: at.getTime(),
    promisedAtMs: promisedAt?.getTime(),
  }))
}

/** Its reader knows of it, or needs not hear of it any more. After the delivery's end the subscription goes. */
export async function noteTold({ prisma }: Database, id: bigint, status: ToldStatus): Promise<void> {
  if (isEnded(status)) return await forgetSubscription({ prisma }, id)
  await prisma.$executeRaw`
    UPDATE push_subscriptions
    SET told = greatest(told, ${status}::delivery_status),
        due = CASE WHEN due = ${status}::delivery_status THEN NULL ELSE due END,
        next_try_at = CASE WHEN due = ${status}::delivery_status THEN NULL ELSE now() END
    WHERE id = ${id}`
}

/** It could not be sent. */
export async function putOff({ prisma }: Database, id: bigint, waitMs: number): Promise<void> {
  await prisma.$executeRaw`
    UPDATE push_subscriptions SET next_try_at = now() + ${waitMs}::float8 * interval '1 millisecond' WHERE id = ${id}`
}

/** There is no such browser any more. */
export async function forgetSubscription({ prisma }: Pick<Database, 'prisma'>, id: bigint): Promise<void> {
  await prisma.pushSubscription.deleteMany({ where: { id } })
}
