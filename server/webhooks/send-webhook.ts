import { judgeWebhookAnswer, waitAfterTryMs } from '#domain/webhooks.ts'
import type { Database } from '../db/open-database.ts'
import { type DueWebhook, noteNotTaken, noteTaken, switchOff, switchOn } from '../db/webhook-messages.ts'
import type { PostMessage } from '../ground/post-message.ts'
import { readRetryAfterMs } from '../ground/read-retry-after.ts'
import type { WebhookReceiver } from '../ground/webhook-receivers.ts'
import type { Logger } from '../logger.ts'
import type { Metrics, WebhookOutcome } from '../metrics.ts'
import { createSign } from './sign.ts'

export const ATTEMPT_MS = 15_000

type Dependencies = {
  db: Database
  receiver: WebhookReceiver
  secrets: readonly string[]
  waitsShare: number
  post: PostMessage
  metrics: Metrics
  logger: Logger
  now: () => number
}

/**
 * Sends one message to one receiver, signed by the Standard Webhooks specification, and notes in the database what became of
 * it. Never throws. A process that is killed between the two leads to the same message once more, with the same id.
 */
export function createSendWebhook({
  db,
  receiver,
  secrets,
  waitsShare,
  post,
  metrics,
  logger,
  now,
}: Dependencies) {
  const sign = createSign(secrets)
  const { host, key: endpoint } = receiver

  return async (due: DueWebhook): Promise<void> => {
    const { deliveryId, type } = due
    const about = { deliveryId, type, host }
    try {
      const outcome = await send(due)
      metrics.webhookAttempts.inc({ outcome })
      if (outcome === 'given_up') logger.warn(about, 'A webhook was given up: its receiver did not take it')
    } catch (err) {
      // It is due again once its lease is over.
      logger.warn({ err, ...about }, 'What became of a webhook could not be noted')
    }
  }

  async function send(due: DueWebhook): Promise<WebhookOutcome> {
    const answer = await ask(due)
    if ('error' in answer) return await notTaken(due, answer.error, 0)
    const status = String(answer.status)
    switch (judgeWebhookAnswer(answer.status)) {
      case 'sent':
        await noteTaken(db, due, status)
        if (due.asked && (await switchOn(db, endpoint)))
          logger.info({ host }, 'A receiver of webhooks that was switched off takes them again')
        return 'sent'
      case 'gone':
        if (await switchOff(db, { id: due.id, endpoint }))
          logger.warn(
            { host },
            'A receiver of webhooks answered 410: it is switched off, and what is for it waits',
          )
        return 'off'
      default:
        return await notTaken(due, status, readRetryAfterMs(answer.retryAfter, now()))
    }
  }

  async function ask({ eventId, body }: DueWebhook) {
    const bytes = Buffer.from(body)
    const headers = {
      'content-type': 'application/json',
      'content-length': bytes.length,
      'user-agent': 'Rider-Live',
      ...sign({ id: eventId, body, atMs: now() }),
    }
    const message = { headers, body: bytes }
    try {
      return await post(receiver.url, message, AbortSignal.timeout(ATTEMPT_MS))
    } catch (error) {
      return { error: reasonOf(error) }
    }
  }

  async function notTaken(due: DueWebhook, answer: string, askedMs: number): Promise<WebhookOutcome> {
    const usualMs = waitAfterTryMs(due.tries, Math.random, askedMs)
    const waitMs = usualMs === null ? null : usualMs * waitsShare
    await noteNotTaken(db, due, { answer, waitMs })
    return waitMs === null ? 'given_up' : 'put_off'
  }
}

/** Without the address, which some of Node's errors quote. */
function reasonOf(error: unknown): string {
  const { name = 'Error', code } = error as { name?: string; code?: unknown }
  return name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : typeof code === 'string' ? code : name
}
