import type { Access } from './access/access.ts'
import type { Credentials } from './access/credentials.ts'
import type { Config } from './config.ts'
import type { Database } from './db/open-database.ts'
import type { Created } from './delivery/create-services.ts'
import type { BusyEvening } from './demo/busy-evening.ts'
import { HISTORY_GROUP, startHistory } from './history/history.ts'
import type { RunningConsumer } from './kafka/consume.ts'
import type { OpenKafka } from './kafka/open-kafka.ts'
import { watchConsumers } from './kafka/watch-consumers.ts'
import type { Logger } from './logger.ts'
import type { Metrics } from './metrics.ts'
import { startNotify } from './notify/notify.ts'
import type { Affine } from './push/affine/affine.ts'
import type { CustomerRooms } from './push/customer-rooms.ts'
import { createGreetings } from './push/greetings.ts'
import type { PointObserver } from './push/observe-points.ts'
import { openPush } from './push/open-push.ts'
import type { SocketServer } from './push/socket-server.ts'
import { startWatch } from './watch/watch.ts'
import { createWebhooks, type Webhooks } from './webhooks/webhooks.ts'

type Dependencies = Credentials & {
  config: Config
  db: Database
  kafka: Pick<OpenKafka, 'consume' | 'publish'>
  access: Access
  created: Created
  sockets: SocketServer
  customers: CustomerRooms
  observer: PointObserver
  /** undefined: every location is read. */
  affine: Affine | undefined
  /** Undefined outside the demo. */
  evening: BusyEvening | undefined
  metrics: Metrics
  logger: Logger
  now: () => number
}

/** The readers of the log, a group each: push and history always, notify, webhooks and watch where they are set up. */
export async function startReaders(dependencies: Dependencies) {
  const { config, kafka, created, evening, ...given } = dependencies
  const { consume, publish } = kafka
  const { live, missed, listRunning, summariesOf } = created
  const { receivers } = config.webhooks
  const greetings = createGreetings()
  const telling = { ...given, ...config.webhooks, consume, summariesOf }
  const webhooks = receivers.length > 0 ? createWebhooks(telling) : null
  const joinHistory = () => startHistory({ ...given, consume, publish, isErased: (id) => live.isErased(id) })
  const optional: Promise<RunningConsumer>[] = []
  if (config.push.hosts.length > 0) optional.push(startNotify({ ...given, consume, push: config.push }))
  if (webhooks) {
    given.metrics.watchWebhooks(webhooks.counts)
    optional.push(webhooks.start(consume), startWatch({ ...telling, teller: webhooks }))
  }
  const [push, history, ...others] = await Promise.all([
    openPush({
      ...{ ...given, config, greetings, consume, storedBy: HISTORY_GROUP, live, missed, listRunning },
      startEvening: evening?.start,
    }),
    joinHistory(),
    ...optional,
  ])
  const consumers = [push.bridge, history, ...others]
  const { checkJoined, lag, caughtUp } = watchConsumers(consumers)
  given.metrics.watchLag(lag)
  return {
    ...{ consumers, checkJoined, caughtUp },
    drain: push.drain,
    /** Runs one more member of the history. */
    joinHistory,
    /** What /readyz tells beside the checks. */
    reports: reportsOf(webhooks),
    /** Whether another customer could be greeted soon. */
    hasRoom: greetings.hasRoom,
  }
}

function reportsOf(webhooks: Webhooks | null): Record<string, () => Promise<void>> {
  return webhooks ? { webhooks: webhooks.checkAllOn } : {}
}
