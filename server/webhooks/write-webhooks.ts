import { createHash } from 'node:crypto'
import type { Summary } from '#contracts/snapshot.ts'
import type { StatusEvent } from '#contracts/topics.ts'
import type { Webhook } from '#contracts/webhook.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { webhookTypeOf } from '#domain/webhooks.ts'
import type { NewWebhook } from '../db/webhook-messages.ts'

type StatusNews = Pick<StatusEvent, 'deliveryId' | 'status' | 'atMs'>
/** Of those of these deliveries that there are. */
export type SummariesOf = (deliveryIds: readonly string[]) => Promise<Summary[]>

/** What is to be sent of these changes of status, in their order. Of a delivery that was erased there is nothing to tell. */
export async function writeWebhooks(
  news: readonly StatusNews[],
  summariesOf: SummariesOf,
): Promise<NewWebhook[]> {
  const found = await summariesOf([...new Set(news.map(({ deliveryId }) => deliveryId))])
  const summaries = new Map(found.map((summary) => [summary.id, summary]))
  return news.flatMap((event) => {
    const summary = summaries.get(event.deliveryId)
    return summary ? [writeWebhook(event, summary)] : []
  })
}

function writeWebhook({ deliveryId, status, atMs }: StatusNews, summary: Summary): NewWebhook {
  const type = webhookTypeOf(status)
  const { reason, ...delivery } = summary
  const webhook: Webhook = {
    type,
    timestamp: new Date(atMs).toISOString(),
    data: {
      delivery: {
        ...delivery,
        // By now it may be a later one.
        status,
        statusAtMs: atMs,
        ...(isEnded(status) && reason !== undefined && { reason }),
      },
    },
  }
  return { eventId: eventIdOf(deliveryId, type), deliveryId, type, body: JSON.stringify(webhook), atMs }
}

/** A delivery comes into each status once, so what the log brings again has the same id. */
function eventIdOf(deliveryId: string, type: string): string {
  return `msg_${createHash('sha256').update(`${deliveryId} ${type}`).digest('base64url').slice(0, 32)}`
}
