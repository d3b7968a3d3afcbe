import { TOPIC } from '#contracts/topics.ts'
import type { Database } from '../db/open-database.ts'
import { countWebhooks, noteEndpoints, noteWebhooks, takeDueWebhooks } from '../db/webhook-messages.ts'
import { createPostMessage } from '../ground/post-message.ts'
import { startSendDue } from '../ground/send-due.ts'
import type { WebhookReceiver } from '../ground/webhook-receivers.ts'
import type { Batch, Consume, Member, RunningConsumer } from '../kafka/consume.ts'
import { retryUntilDone } from '../kafka/retry-until-done.ts'
import { statusEventsOf } from '../kafka/status-events.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { ATTEMPT_MS, createSendWebhook } from './send-webhook.ts'
import { type SummariesOf, writeWebhooks } from './write-webhooks.ts'

type Dependencies = {
  db: Database
  receivers: readonly WebhookReceiver[]
  /** Two during a change: receivers have the old or the new one. */
  secrets: readonly string[]
  allowPrivate: boolean
  summariesOf: SummariesOf
  metrics: Metrics
  logger: Logger
  now: () => number
}

/** One group for all instances: each event is written once. */
const WEBHOOKS_GROUP = 'webhooks'
const NOTE_EVERY_MS = 50
/** Longer than a try may take, with room for a slow database before and after it. */
const LEASE_MS = ATTEMPT_MS + 10_000
/** To one receiver, by one instance. */
const MOST_AT_ONCE = 10
const LOOK_EVERY_MS = 1_000

export type Webhooks = {
  /** Joins the group, and sends. */
  start(consume: Consume): Promise<RunningConsumer>
  /** Rejects while a receiver is switched off. */
  checkAllOn(): Promise<void>
}

/**
 * The fourth reader of the log: tells the shop's own systems of each status. The group writes into the database what is to be
 * sent, and commits after it; what is written is sent apart from that, by whichever instance comes to it, so a receiver that
 * is slow or away holds up nothing of the log and no other receiver.
 */
export function createWebhooks({
  db,
  receivers,
  secrets,
  allowPrivate,
  summariesOf,
  metrics,
  logger,
  now,
}: Dependencies): Webhooks {
  const keys = receivers.map(({ key }) => key)
  metrics.watchWebhooks(() => countWebhooks(db, keys))

  return {
    async start(consume) {
      await noteEndpoints(db, keys, now())
      const { post, close } = createPostMessage({ allowPrivate })
      const senders = receivers.map((receiver) =>
        startSendDue({
          take: (limit) => takeDueWebhooks(db, { endpoint: receiver.key, limit, leaseMs: LEASE_MS }),
          send: createSendWebhook({ db, receiver, secrets, post, metrics, logger, now }),
          mostAtOnce: MOST_AT_ONCE,
          lookEveryMs: LOOK_EVERY_MS,
          logger,
        }),
      )
      const consumer = await consume({
        groupId: WEBHOOKS_GROUP,
        topics: [TOPIC.statusChanged],
        position: 'committed',
        everyMs: NOTE_EVERY_MS,
        async handle(batches, member) {
          await note(batches, member)
          for (const sender of senders) sender.look()
        },
      })
      return {
        ...consumer,
        async stop() {
          await consumer.stop()
          await Promise.all(senders.map((sender) => sender.stop()))
          close()
        },
      }
    },
    async checkAllOn() {
      const { off } = await countWebhooks(db, keys)
      if (off > 0) throw new Error('a receiver answered 410 and is switched off')
    },
  }

  async function note(batches: readonly Batch[], member: Member): Promise<void> {
    const news = statusEventsOf(batches)
    if (news.length === 0) return
    await retryUntilDone(async () => noteWebhooks(db, await writeWebhooks(news, summariesOf), keys), {
      beforeRetry: async (err) => {
        logger.warn({ err }, 'What receivers of webhooks are to be told could not be written; trying again')
        await member.heartbeat()
      },
      giveUp: member.stopping,
    })
  }
}
