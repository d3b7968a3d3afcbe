import { NOTICED_TYPES, type NoticedType, type WebhookType } from '#contracts/webhook.ts'
import { TOLD_NOTHING, type Told } from '#domain/watch.ts'
import { EXTRA_RECEIVER } from '../ground/webhook-receivers.ts'
import type { Database } from './database.ts'

export type NewWebhook = {
  eventId: string
  deliveryId: string
  type: WebhookType
  body: string
  atMs: number
}

/** From now on these receivers are told; one that was known before is told on from then. */
export async function noteEndpoints(
  { prisma }: Database,
  keys: readonly string[],
  nowMs: number,
): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO webhook_endpoints (key, since)
    SELECT key, ${new Date(nowMs)}::timestamptz FROM unnest(${keys}::text[]) AS keys(key)
    ON CONFLICT (key) DO NOTHING`
}

/**
 * Writes what these receivers are to be told, in this order. What is there already stays as it is; of a delivery that was
 * erased there is nothing to tell.
 */
export async function noteWebhooks(
  { prisma }: Database,
  events: readonly NewWebhook[],
  endpoints: readonly string[],
): Promise<void> {
  if (events.length === 0) return
  await prisma.$executeRaw`
    INSERT INTO webhook_messages (event_id, endpoint, delivery_id, type, body, occurred_at, next_attempt_at)
    SELECT news.event_id, receiver.key, deliveries.id, news.type, news.body, news.at, now()
    FROM unnest(
      ${events.map(({ eventId }) => eventId)}::text[], ${events.map(({ deliveryId }) => deliveryId)}::text[],
      ${events.map(({ type }) => type)}::text[], ${events.map(({ body }) => body)}::text[],
      ${events.map(({ atMs }) => new Date(atMs))}::timestamptz[]
    ) WITH ORDINALITY AS news(event_id, delivery_id, type, body, at, place)
    JOIN deliveries ON deliveries.id = news.delivery_id
    JOIN webhook_endpoints AS receiver ON receiver.key = ANY (${endpoints}::text[]) AND news.at >= receiver.since
    ORDER BY news.place
    ON CONFLICT (event_id, endpoint) DO NOTHING`
}

/**
 * Writes what these receivers are to be told of deliveries that still run, behind the status that they are in: what comes
 * later waits for this to be written. Returns the events that have to wait themselves, because that status is not written yet;
 * after a day it may have been, and was erased since.
 */
export async function noteNoticed(
  { prisma }: Database,
  events: readonly NewWebhook[],
  endpoints: readonly string[],
): Promise<Set<string>> {
  if (events.length === 0) return new Set()
  await prisma.$executeRaw`
    WITH running AS MATERIALIZED (
      SELECT id, status, status_at FROM deliveries
      WHERE id = ANY (${events.map(({ deliveryId }) => deliveryId)}::text[]) AND ended_at IS NULL
      ORDER BY id FOR SHARE
    )
    INSERT INTO webhook_messages (event_id, endpoint, delivery_id, type, body, occurred_at, next_attempt_at)
    SELECT news.event_id, receiver.key, running.id, news.type, news.body, news.at, now()
    FROM unnest(
      ${events.map(({ eventId }) => eventId)}::text[], ${events.map(({ deliveryId }) => deliveryId)}::text[],
      ${events.map(({ type }) => type)}::text[], ${events.map(({ body }) => body)}::text[],
      ${events.map(({ atMs }) => new Date(atMs))}::timestamptz[]
    ) WITH ORDINALITY AS news(event_id, delivery_id, type, body, at, place)
    JOIN running ON running.id = news.delivery_id
    JOIN webhook_endpoints AS receiver ON receiver.key = ANY (${endpoints}::text[]) AND news.at >= receiver.since
    WHERE running.status_at < greatest(receiver.since, now() - interval '1 day') OR EXISTS (
      SELECT 1 FROM webhook_messages AS earlier
      WHERE earlier.delivery_id = running.id AND earlier.endpoint = receiver.key
        AND earlier.type = CASE running.status WHEN 'accepted' THEN 'delivery.created' ELSE 'delivery.' || running.status END
    )
    ORDER BY news.place
    ON CONFLICT (event_id, endpoint) DO NOTHING`
  const waiting = await prisma.$queryRaw<{ eventId: string }[]>`
    SELECT DISTINCT news.event_id AS "eventId"
    FROM unnest(
      ${events.map(({ eventId }) => eventId)}::text[], ${events.map(({ deliveryId }) => deliveryId)}::text[],
      ${events.map(({ atMs }) => new Date(atMs))}::timestamptz[]
    ) AS news(event_id, delivery_id, at)
    JOIN deliveries ON deliveries.id = news.delivery_id AND ended_at IS NULL
    JOIN webhook_endpoints AS receiver ON receiver.key = ANY (${endpoints}::text[]) AND news.at >= receiver.since
    WHERE NOT EXISTS (
      SELECT 1 FROM webhook_messages AS written
      WHERE written.event_id = news.event_id AND written.endpoint = receiver.key
    )`
  return new Set(waiting.map(({ eventId }) => eventId))
}

/** How often each of what is noticed was to be told of these deliveries to these receivers. */
export async function findTold(
  { prisma }: Database,
  ids: readonly string[],
  endpoints: readonly string[],
): Promise<Map<string, Told>> {
  const told = new Map(ids.map((id) => [id, { ...TOLD_NOTHING }]))
  const rows = await prisma.$queryRaw<{ id: string; type: NoticedType; times: number }[]>`
    SELECT delivery_id AS id, type, count(DISTINCT event_id)::int AS times FROM webhook_messages
    WHERE delivery_id = ANY (${ids}::text[]) AND endpoint = ANY (${endpoints}::text[]) AND type = ANY (${NOTICED_TYPES}::text[])
    GROUP BY delivery_id, type`
  for (const { id, type, times } of rows) {
    const known = told.get(id)
    if (known) known[type] = times
  }
  return told
}

export type DueWebhook = {
  id: bigint
  eventId: string
  deliveryId: string
  type: WebhookType
  body: string
  attempts: number
  tries: number
  asked: boolean
}

/**
 * Takes at most `limit` of what this receiver is to be sent now: of each delivery the first one that waits, so that they come
 * in order. Who takes one has `leaseMs` to say what became of it; then it is due again, for whichever instance looks. What
 * dispatch wants sent again waits for nothing, and is tried as well while the receiver is switched off.
 */
export async function takeDueWebhooks(
  { prisma }: Database,
  { endpoint, limit, leaseMs }: { endpoint: string; limit: number; leaseMs: number },
): Promise<DueWebhook[]> {
  return await prisma.$queryRaw<DueWebhook[]>`
    WITH due AS (
      SELECT id FROM webhook_messages AS message
      WHERE endpoint = ${endpoint} AND next_attempt_at <= now() AND (leased_until IS NULL OR leased_until <= now())
        AND (asked OR NOT (
          EXISTS (
            SELECT 1 FROM webhook_messages AS earlier
            WHERE earlier.delivery_id = message.delivery_id AND earlier.endpoint = message.endpoint
              AND earlier.id < message.id AND earlier.next_attempt_at IS NOT NULL AND NOT earlier.asked
          ) OR EXISTS (SELECT 1 FROM webhook_endpoints WHERE key = ${endpoint} AND off_at IS NOT NULL)
        ))
      ORDER BY next_attempt_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE webhook_messages AS mine
    SET attempts = attempts + 1, tries = tries + 1, last_attempt_at = now(),
        leased_until = now() + ${leaseMs}::int * interval '1 millisecond'
    FROM due WHERE mine.id = due.id
    RETURNING mine.id, event_id AS "eventId", delivery_id AS "deliveryId", type, body, attempts, tries, asked`
}

/** The receiver has it. After failures others may wait for their next try: this one shows that there is no need to. */
export async function noteTaken(
  { prisma }: Database,
  { id, tries }: DueWebhook,
  answer: string,
): Promise<void> {
  const endpoints = await prisma.$queryRaw<{ endpoint: string }[]>`
    UPDATE webhook_messages
    SET sent_at = now(), next_attempt_at = NULL, leased_until = NULL, asked = false, last_answer = ${answer}
    WHERE id = ${id} RETURNING endpoint`
  if (tries > 1) for (const { endpoint } of endpoints) await bringForward({ prisma }, endpoint)
}

async function bringForward({ prisma }: Pick<Database, 'prisma'>, endpoint: string): Promise<void> {
  await prisma.$executeRaw`
    UPDATE webhook_messages SET next_attempt_at = now() WHERE endpoint = ${endpoint} AND next_attempt_at > now()`
}

/** It was not taken; with `waitMs` null it is given up. A later try of another instance has the last word. */
export async function noteNotTaken(
  { prisma }: Database,
  { id, attempts }: DueWebhook,
  { answer, waitMs }: { answer: string; waitMs: number | null },
): Promise<void> {
  await prisma.$executeRaw`
    UPDATE webhook_messages
    SET next_attempt_at = now() + ${waitMs}::float8 * interval '1 millisecond', leased_until = NULL,
        asked = asked AND ${waitMs}::float8 IS NOT NULL, last_answer = ${answer}
    WHERE id = ${id} AND attempts = ${attempts} AND next_attempt_at IS NOT NULL`
}

/** The receiver wants nothing more. What waits for it goes on waiting. Returns whether it was on. */
export async function switchOff(
  { prisma }: Database,
  { id, endpoint }: { id: bigint; endpoint: string },
): Promise<boolean> {
  const changed = await prisma.$executeRaw`
    UPDATE webhook_endpoints SET off_at = now() WHERE key = ${endpoint} AND off_at IS NULL`
  await prisma.$executeRaw`
    UPDATE webhook_messages
    SET leased_until = NULL, asked = false, last_answer = '410' WHERE id = ${id} AND next_attempt_at IS NOT NULL`
  return changed === 1
}

/** What is older than the last try would have been is news no more. Returns whether it was off. */
export async function switchOn({ prisma }: Database, endpoint: string): Promise<boolean> {
  const changed = await prisma.$executeRaw`
    UPDATE webhook_endpoints SET off_at = NULL WHERE key = ${endpoint} AND off_at IS NOT NULL`
  if (changed === 0) return false
  await prisma.$executeRaw`
    UPDATE webhook_messages SET next_attempt_at = NULL
    WHERE endpoint = ${endpoint} AND next_attempt_at IS NOT NULL AND created_at < now() - interval '4 days'`
  await bringForward({ prisma }, endpoint)
  return true
}

/** It is sent again to each receiver that was to be told. Returns whether there is such an event. */
export async function askAgain({ prisma }: Database, deliveryId: string, eventId: string): Promise<boolean> {
  const asked = await prisma.$executeRaw`
    UPDATE webhook_messages SET asked = true, tries = 0, next_attempt_at = now()
    WHERE delivery_id = ${deliveryId} AND event_id = ${eventId}`
  return asked > 0
}

/** Of a delivery, in order; with whether each one's receiver is off. What visitors of /inside have started is no receiver of the shop's. */
export async function listWebhooks({ prisma }: Database, deliveryId: string) {
  const [messages, off] = await Promise.all([
    prisma.webhookMessage.findMany({
      where: { deliveryId, NOT: { endpoint: { startsWith: EXTRA_RECEIVER } } },
      orderBy: { id: 'asc' },
      omit: { body: true },
    }),
    prisma.webhookEndpoint.findMany({ where: { offAt: { not: null } }, select: { key: true } }),
  ])
  const offKeys = new Set(off.map(({ key }) => key))
  return messages.map((message) => ({ ...message, isOff: offKeys.has(message.endpoint) }))
}

/** What waits for a receiver, by deliveries in order; of each the first one is tried. */
export async function listWaiting({ prisma }: Database, endpoint: string, limit: number) {
  return await prisma.$queryRaw<
    {
      id: string
      deliveryId: string
      type: WebhookType
      attempts: number
      lastAnswer: string | null
      nextAttemptInMs: number | null
    }[]
  >`
    SELECT event_id AS id, delivery_id AS "deliveryId", type, attempts, last_answer AS "lastAnswer",
      CASE WHEN leased_until > now() OR EXISTS (
        SELECT 1 FROM webhook_messages AS earlier
        WHERE earlier.delivery_id = message.delivery_id AND earlier.endpoint = message.endpoint
          AND earlier.id < message.id AND earlier.next_attempt_at IS NOT NULL
      ) THEN NULL ELSE greatest(0, 1000 * extract(epoch FROM next_attempt_at - now()))::int END AS "nextAttemptInMs"
    FROM webhook_messages AS message
    WHERE endpoint = ${endpoint} AND next_attempt_at IS NOT NULL
    ORDER BY min(message.id) OVER (PARTITION BY message.delivery_id), message.id LIMIT ${limit}`
}

/** Nothing is told to it any more, and nothing is known of what was. */
export async function forgetEndpoint({ prisma }: Database, key: string): Promise<void> {
  await prisma.$executeRaw`DELETE FROM webhook_messages WHERE endpoint = ${key}`
  await prisma.$executeRaw`DELETE FROM webhook_endpoints WHERE key = ${key}`
}

export type WebhookCounts = { waiting: number; oldestSeconds: number; off: number }

/** Of these receivers. */
export async function countWebhooks(
  { prisma }: Database,
  endpoints: readonly string[],
): Promise<WebhookCounts> {
  const [counts] = await prisma.$queryRaw<WebhookCounts[]>`
    SELECT count(*)::int AS waiting,
      coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "oldestSeconds",
      (SELECT count(*)::int FROM webhook_endpoints WHERE key = ANY (${endpoints}::text[]) AND off_at IS NOT NULL) AS off
    FROM webhook_messages WHERE endpoint = ANY (${endpoints}::text[]) AND next_attempt_at IS NOT NULL`
  return counts ?? { waiting: 0, oldestSeconds: 0, off: 0 }
}
