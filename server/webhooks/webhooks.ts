import { TOPIC } from '#contracts/topics.ts'
import type { Told } from '#domain/watch.ts'
import { webhookTypeOf } from '#domain/webhooks.ts'
import type { Database } from '../db/open-database.ts'
import {
  countWebhooks,
  findTold,
  noteEndpoints,
  noteNoticed,
  noteWebhooks,
  takeDueWebhooks,
  type WebhookCounts,
} from '../db/webhook-messages.ts'
import { createPostMessage } from '../ground/post-message.ts'
import { type SendDue, startSendDue } from '../ground/send-due.ts'
import type { WebhookReceiver } from '../ground/webhook-receivers.ts'
import type { Batch, Consume, Member, RunningConsumer } from '../kafka/consume.ts'
import { retryUntilDone } from '../kafka/retry-until-done.ts'
import { statusEventsOf } from '../kafka/status-events.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { ATTEMPT_MS, createSendWebhook } from './send-webhook.ts'
import { eventIdOf, type News, type SummariesOf, writeWebhooks } from './write-webhooks.ts'

type Dependencies = {
  db: Database
  receivers: readonly WebhookReceiver[]
  /** Two during a change: receivers have the old or the new one. */
  secrets: readonly string[]
  allowPrivate: boolean
  groupId?: string
  /** What part of the usual waits it waits after a try that failed. */
  waitsShare?: number
  summariesOf: SummariesOf
  metrics: Metrics
  logger: Logger
  now: () => number
}

/** One group for all instances: each event is written once. */
export const WEBHOOKS_GROUP = 'webhooks'
const NOTE_EVERY_MS = 50
/** Longer than a try may take, with room for a slow database before and after it. */
const LEASE_MS = ATTEMPT_MS + 10_000
/** To one receiver, by one instance. */
const MOST_AT_ONCE = 10
const LOOK_EVERY_MS = 1_000

export type Webhooks = {
  /** Joins the group, and sends. */
  start(consume: Consume): Promise<RunningConsumer>
  /** How often each of what is noticed was told of these deliveries. */
  toldOf(deliveryIds: readonly string[]): Promise<Map<string, Told>>
  /**
   * Has receivers told what was noticed of running deliveries, each once. Returns what has to wait until the status in which
   * it was noticed is on its way to them.
   */
  tell<Noticed extends News>(noticed: readonly Noticed[]): Promise<Noticed[]>
  /** What waits, and how many receivers are switched off. */
  counts(): Promise<WebhookCounts>
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
  groupId = WEBHOOKS_GROUP,
  waitsShare = 1,
  summariesOf,
  metrics,
  logger,
  now,
}: Dependencies): Webhooks {
  const keys = receivers.map(({ key }) => key)
  let senders: SendDue[] = []
  let known: Promise<void> | undefined

  return {
    async start(consume) {
      await knowEndpoints()
      const { post, close } = createPostMessage({ allowPrivate })
      senders = receivers.map((receiver) =>
        startSendDue({
          take: (limit) => takeDueWebhooks(db, { endpoint: receiver.key, limit, leaseMs: LEASE_MS }),
          send: createSendWebhook({ db, receiver, secrets, waitsShare, post, metrics, logger, now }),
          mostAtOnce: MOST_AT_ONCE,
          lookEveryMs: LOOK_EVERY_MS,
          logger,
        }),
      )
      const consumer = await consume({
        groupId,
        topics: [TOPIC.statusChanged],
        position: 'committed',
        everyMs: NOTE_EVERY_MS,
        async handle(batches, member) {
          await note(batches, member)
          look()
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
    toldOf: (deliveryIds) => findTold(db, deliveryIds, keys),
    async tell(noticed) {
      await knowEndpoints()
      const waiting = await noteNoticed(db, await writeWebhooks(noticed, summariesOf), keys)
      look()
      return noticed.filter((news) => waiting.has(eventIdOf(news)))
    },
    counts: () => countWebhooks(db, keys),
    async checkAllOn() {
      const { off } = await countWebhooks(db, keys)
      if (off > 0) throw new Error('a receiver answered 410 and is switched off')
    },
  }

  /** From then on they are told. */
  function knowEndpoints(): Promise<void> {
    known ??= noteEndpoints(db, keys, now()).catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }

  function look(): void {
    for (const sender of senders) sender.look()
  }

  async function note(batches: readonly Batch[], member: Member): Promise<void> {
    const news = statusEventsOf(batches).map(
      ({ deliveryId, status, atMs }): News => ({
        ...{ deliveryId, type: webhookTypeOf(status), nth: 1, atMs, status, statusAtMs: atMs },
      }),
    )
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
