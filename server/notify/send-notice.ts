import { isBrokenCircuitError } from 'cockatiel'
import { newsForMs, waitBeforeTryMs } from '#domain/notices.ts'
import { type PushServices, refuseEndpoint } from '#domain/push-endpoint.ts'
import type { Database } from '../db/open-database.ts'
import { type DueNotice, forgetSubscription, noteTold, putOff } from '../db/push-subscriptions.ts'
import { PrivateAddressError } from '../ground/guarded-lookup.ts'
import type { Posted, PostMessage } from '../ground/post-message.ts'
import { readRetryAfterMs } from '../ground/read-retry-after.ts'
import type { Logger } from '../logger.ts'
import type { Metrics, NoticeOutcome } from '../metrics.ts'
import { createPushPolicies } from './push-policy.ts'
import type { createWriteMessage } from './write-message.ts'

/** No such browser any more (RFC 8030 §7.3); or it subscribed with another key of the server (RFC 8292 §4.2). */
const GONE = [404, 410]
const NOT_OURS = [401, 403]

type Dependencies = {
  db: Database
  push: PushServices
  writeMessage: ReturnType<typeof createWriteMessage>
  post: PostMessage
  metrics: Metrics
  logger: Logger
  now: () => number
}

/**
 * Sends one message, and notes in the database what became of it. Never throws. What was sent is noted after it was: a process
 * that is killed between the two leads to the same message once more, which takes the place of the first.
 */
export function createSendNotice({ db, push, writeMessage, post, metrics, logger, now }: Dependencies) {
  const policyFor = createPushPolicies(logger)

  return async (due: DueNotice): Promise<void> => {
    const { id, status, deliveryId } = due
    try {
      const outcome = await send(due)
      metrics.notices.inc({ outcome })
      if (outcome === 'forgotten') await forgetSubscription(db, id)
      if (outcome === 'sent' || outcome === 'given_up') await noteTold(db, id, status)
    } catch (err) {
      // It is due again once its lease is over.
      logger.warn({ err, deliveryId }, 'What became of a push message could not be noted')
    }
  }

  async function send(due: DueNotice): Promise<NoticeOutcome> {
    const ttlMs = newsForMs(due.status, due.atMs, now())
    if (ttlMs <= 0) return 'given_up'
    // The operator may have taken a push service from the list since.
    if (refuseEndpoint(due.endpoint, push) !== null) return 'forgotten'
    const { host } = new URL(due.endpoint)
    const about = { deliveryId: due.deliveryId, status: due.status, host }
    try {
      const message = await writeMessage(due, ttlMs)
      const posted = await policyFor(host).execute(async ({ signal }) => {
        const answer = await post(due.endpoint, message, signal)
        if (answer.status >= 500) throw new UnavailableError(answer)
        return answer
      })
      if (posted.status >= 200 && posted.status < 300) return 'sent'
      if (GONE.includes(posted.status)) return 'forgotten'
      if (posted.status === 429) return await later(due, posted)
      logger.warn({ ...about, answered: posted.status }, 'A push service refused a message')
      return NOT_OURS.includes(posted.status) ? 'forgotten' : 'given_up'
    } catch (error) {
      if (error instanceof PrivateAddressError) {
        logger.warn(about, 'A push service’s name leads to a private address; nothing is sent there')
        return 'forgotten'
      }
      if (!isBrokenCircuitError(error))
        logger.warn({ ...about, reason: reasonOf(error) }, 'A push message waits')
      return await later(due, error instanceof UnavailableError ? error.answer : undefined)
    }
  }

  async function later({ id, tries }: DueNotice, answer?: Posted): Promise<NoticeOutcome> {
    const asked = readRetryAfterMs(answer?.retryAfter ?? null, now())
    await putOff(db, id, waitBeforeTryMs(tries, Math.random, asked))
    return 'put_off'
  }
}

class UnavailableError extends Error {
  override name = 'UnavailableError'
  readonly answer: Posted

  constructor(answer: Posted) {
    super(`It answered ${answer.status}`)
    this.answer = answer
  }
}

/** Without the endpoint, which some of Node's errors quote. */
function reasonOf(error: unknown): string {
  const { name = 'Error', code = '' } = error as { name?: string; code?: string }
  return error instanceof UnavailableError ? error.message : `${name} ${code}`.trim()
}
