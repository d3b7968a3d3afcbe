import type { Summary } from '#contracts/snapshot.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/open-database.ts'
import { countWebhooks, forgetEndpoint, listWaiting } from '../db/webhook-messages.ts'
import { EXTRA_RECEIVER } from '../ground/webhook-receivers.ts'
import type { Consume } from '../kafka/consume.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { startWatch, WATCH_GROUP } from '../watch/watch.ts'
import { createWebhooks, WEBHOOKS_GROUP } from '../webhooks/webhooks.ts'
import type { OpenReader } from './reader-chapter.ts'

type Dependencies = {
  config: Config
  db: Database
  consume: Consume
  summariesOf: (deliveryIds: readonly string[]) => Promise<Summary[]>
  metrics: Metrics
  logger: Logger
  now: () => number
}

const MOST_LISTED = 12
/** So that one sees them grow while one looks. */
const WAITS_SHARE = 0.1

/**
 * The readers that tell a shop's systems, once more, for one receiver: in groups of their own, so it is told everything,
 * whatever others are told. It is new each time, and told what happens from then on.
 */
export function createOpenExtraReader(dependencies: Dependencies): OpenReader {
  const { config, db, consume } = dependencies
  const { instanceId, webhooks } = config
  const key = `${EXTRA_RECEIVER}${instanceId}`
  const groups = [WEBHOOKS_GROUP, WATCH_GROUP].map((group) => `${group}-${key}`)
  const [groupId, watchGroupId] = groups

  return async ({ url, secret }) => {
    await forgetEndpoint(db, key)
    const telling = {
      ...dependencies,
      ...webhooks,
      secrets: [secret],
      allowPrivate: true,
      waitsShare: WAITS_SHARE,
    }
    const teller = createWebhooks({ ...telling, groupId, receivers: [{ url, key, host: new URL(url).host }] })
    const consumers = await Promise.all([
      teller.start(consume),
      startWatch({ ...telling, consume, teller, groupId: watchGroupId }),
    ])
    return {
      groups,
      async waiting() {
        const [first, { waiting: count }] = await Promise.all([
          listWaiting(db, key, MOST_LISTED),
          countWebhooks(db, [key]),
        ])
        return { first, count }
      },
      async stop() {
        await Promise.all(consumers.map(({ stop }) => stop()))
        await forgetEndpoint(db, key)
      },
    }
  }
}
