import type { ListWebhooksAnswer, ToldWebhook, WebhookType } from '#contracts/webhook.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import { askAgain, listWebhooks } from '../db/webhook-messages.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { WebhookReceiver } from '../ground/webhook-receivers.ts'
import type { LiveDeliveries } from './live-deliveries.ts'

export type ToldWebhooks = {
  /** @throws ProblemError `not_found` without the delivery */
  list(deliveryId: string): Promise<ListWebhooksAnswer>
  /** @throws ProblemError `not_found` without the delivery or an event of it with this id */
  sendAgain(deliveryId: string, eventId: string): Promise<ListWebhooksAnswer>
}

type Dependencies = { live: LiveDeliveries; db: Database; receivers: readonly WebhookReceiver[] }

/** What receivers were told of a delivery, and what became of it. */
export function createToldWebhooks({ live, db, receivers }: Dependencies): ToldWebhooks {
  const hosts = new Map(receivers.map(({ key, host }) => [key, host]))

  async function list(deliveryId: string): Promise<ListWebhooksAnswer> {
    await live.get(deliveryId)
    const rows = await queryWithDeadline(() => listWebhooks(db, deliveryId))
    return { webhooks: rows.map(toTold) }
  }

  function toTold(row: Awaited<ReturnType<typeof listWebhooks>>[number]): ToldWebhook {
    const { eventId, endpoint, nextAttemptAt, sentAt } = row
    const host = hosts.get(endpoint)
    return {
      id: eventId,
      type: row.type as WebhookType,
      host: host ?? '',
      occurredAtMs: row.occurredAt.getTime(),
      state: stateOf({ ...row, isUsed: host !== undefined }),
      attempts: row.attempts,
      lastAnswer: row.lastAnswer,
      lastAttemptAtMs: row.lastAttemptAt?.getTime() ?? null,
      nextAttemptAtMs: nextAttemptAt?.getTime() ?? null,
      sentAtMs: sentAt?.getTime() ?? null,
    }
  }

  return {
    list,
    async sendAgain(deliveryId, eventId) {
      await live.get(deliveryId)
      if (!(await queryWithDeadline(() => askAgain(db, deliveryId, eventId))))
        throw new ProblemError('not_found', { detail: 'The delivery has no such event.', field: 'id' })
      return await list(deliveryId)
    },
  }
}

type Known = {
  nextAttemptAt: Date | null
  sentAt: Date | null
  asked: boolean
  isOff: boolean
  isUsed: boolean
}

function stateOf({ nextAttemptAt, sentAt, asked, isOff, isUsed }: Known): ToldWebhook['state'] {
  if (nextAttemptAt === null) return sentAt === null ? 'given_up' : 'sent'
  if (!isUsed) return 'unused'
  return isOff && !asked ? 'off' : 'waiting'
}
