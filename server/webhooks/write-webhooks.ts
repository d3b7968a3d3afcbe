import { createHash } from 'node:crypto'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { Summary } from '#contracts/snapshot.ts'
import type { Webhook, WebhookType } from '#contracts/webhook.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { NewWebhook } from '../db/webhook-messages.ts'

export type News = {
  deliveryId: string
  type: WebhookType
  /** A delivery comes into each status once; what comes more often is numbered. */
  nth: number
  atMs: number
  status: DeliveryStatus
  statusAtMs: number
}
/** Of those of these deliveries that there are. */
export type SummariesOf = (deliveryIds: readonly string[]) => Promise<Summary[]>

/** What is to be sent of this, in its order. Of a delivery that was erased there is nothing to tell. */
export async function writeWebhooks(news: readonly News[], summariesOf: SummariesOf): Promise<NewWebhook[]> {
  const found = await summariesOf([...new Set(news.map(({ deliveryId }) => deliveryId))])
  const summaries = new Map(found.map((summary) => [summary.id, summary]))
  return news.flatMap((event) => {
    const summary = summaries.get(event.deliveryId)
    return summary ? [writeWebhook(event, summary)] : []
  })
}

function writeWebhook(news: News, summary: Summary): NewWebhook {
  const { deliveryId, type, atMs, status, statusAtMs } = news
  const { reason, ...delivery } = summary
  const webhook: Webhook = {
    type,
    timestamp: new Date(atMs).toISOString(),
    data: {
      delivery: {
        ...delivery,
        // By now it may be a later one.
        status,
        statusAtMs,
        ...(isEnded(status) && reason !== undefined && { reason }),
      },
    },
  }
  return { eventId: eventIdOf(news), deliveryId, type, body: JSON.stringify(webhook), atMs }
}

/** The same for the same news, so what the log brings again, or two instances decide, is one event. */
export function eventIdOf({ deliveryId, type, nth }: Pick<News, 'deliveryId' | 'type' | 'nth'>): string {
  const news = nth === 1 ? `${deliveryId} ${type}` : `${deliveryId} ${type} ${nth}`
  return `msg_${createHash('sha256').update(news).digest('base64url').slice(0, 32)}`
}
