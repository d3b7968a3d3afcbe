import { TOPIC } from '#contracts/topics.ts'
import { isTold } from '#domain/notices.ts'
import type { PushServices } from '#domain/push-endpoint.ts'
import type { Tokens } from '../access/tokens.ts'
import type { VapidKeys } from '../access/vapid-keys.ts'
import type { Database } from '../db/open-database.ts'
import { forgetDeliveries, noteNews, takeDue } from '../db/push-subscriptions.ts'
import { createPostMessage } from '../ground/post-message.ts'
import { startSendDue } from '../ground/send-due.ts'
import type { Batch, Consume, Member, RunningConsumer } from '../kafka/consume.ts'
import { retryUntilDone } from '../kafka/retry-until-done.ts'
import { statusEventsOf } from '../kafka/status-events.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { POLICY } from './push-policy.ts'
import { createSendNotice } from './send-notice.ts'
import { createWriteMessage } from './write-message.ts'

type Dependencies = {
  consume: Consume
  db: Database
  tokens: Tokens
  keys: VapidKeys
  push: PushServices & { subject: string | undefined }
  metrics: Metrics
  logger: Logger
  now: () => number
}

/** One group for all instances: each status is noted once. */
const NOTIFY_GROUP = 'notify'
const NOTE_EVERY_MS = 50
/** Longer than a try may take, with room for a slow database before and after it. */
const LEASE_MS = POLICY.attemptMs + 3_000

/**
 * The third reader of the log: tells the customers who have asked for it of a new status, by the push service of their
 * browser. The group notes in the database what is to be told, and commits after it; what is noted is sent apart from that,
 * so a push service that is slow or away holds up nothing of the log.
 */
export async function startNotify({
  consume,
  db,
  tokens,
  keys,
  push,
  metrics,
  logger,
  now,
}: Dependencies): Promise<RunningConsumer> {
  const { post, close } = createPostMessage(push)
  const writeMessage = createWriteMessage({ tokens, keys, subject: push.subject })
  const send = createSendNotice({ db, push, writeMessage, post, metrics, logger, now })
  const sending = startSendDue({
    take: (limit) => takeDue(db, { limit, leaseMs: LEASE_MS }),
    send,
    mostAtOnce: 50,
    lookEveryMs: 2_000,
    logger,
  })
  const consumer = await consume({
    groupId: NOTIFY_GROUP,
    topics: [TOPIC.statusChanged],
    position: 'committed',
    everyMs: NOTE_EVERY_MS,
    handle: note,
  })
  return {
    ...consumer,
    async stop() {
      await consumer.stop()
      await sending.stop()
      close()
    },
  }

  async function note(batches: readonly Batch[], member: Member): Promise<void> {
    const events = statusEventsOf(batches)
    const news = events.filter(({ status }) => isTold(status))
    const cancelled = events
      .filter(({ status }) => status === 'cancelled')
      .map(({ deliveryId }) => deliveryId)
    if (news.length === 0 && cancelled.length === 0) return
    await retryUntilDone(
      async () => {
        await noteNews(db, news)
        await forgetDeliveries(db, cancelled)
      },
      {
        beforeRetry: async (err) => {
          logger.warn({ err }, 'What is to be told could not be noted; trying again')
          await member.heartbeat()
        },
        giveUp: member.stopping,
      },
    )
    sending.look()
  }
}
