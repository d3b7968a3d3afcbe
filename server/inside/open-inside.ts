import type { Access } from '../access/access.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Config } from '../config.ts'
import { lastFinishedRide } from '../db/finished-rides.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import type { LiveDeliveries } from '../delivery/live-deliveries.ts'
import type { Services } from '../delivery/services.ts'
import type { RunningConsumer } from '../kafka/consume.ts'
import type { OpenKafka } from '../kafka/open-kafka.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { createDeliveriesChapter } from './deliveries-chapter.ts'
import { type Breakable, createFaultsChapter } from './faults-chapter.ts'
import { createGroupsChapter } from './groups-chapter.ts'
import { createInside, type Inside } from './inside.ts'
import { createInstanceChapter } from './instance-chapter.ts'
import { createJourneyChapter } from './journey-chapter.ts'
import type { Journeys } from './journeys.ts'
import { createLogChapter } from './log-chapter.ts'
import { createQueueChapter } from './queue-chapter.ts'
import { createTimeChapter } from './time-chapter.ts'

type Dependencies = {
  config: Config
  db: Database
  kafka: OpenKafka
  breakable: Breakable | null
  services: Services
  live: LiveDeliveries
  tokens: Tokens
  access: Access
  metrics: Metrics
  journeys: Journeys
  /** Sockets on this instance. */
  count: () => { customers: number; visitors: number }
  /** The members that this instance always runs, and how to run one more of the history. */
  consumers: readonly RunningConsumer[]
  startHistory: () => Promise<RunningConsumer>
  now: () => number
  logger: Logger
}

/** Puts the chapters of the page /inside together. None does anything before somebody looks. */
export function openInside(dependencies: Dependencies): Inside {
  const { config, db, kafka, journeys, tokens, count } = dependencies
  const { instanceId, demo } = config
  return createInside([
    createDeliveriesChapter({ db, tokens }),
    createInstanceChapter({ instanceId, demo, broker: config.kafka ? 'kafka' : 'embedded' }, count),
    createJourneyChapter({
      journeys,
      log: kafka.locationLog,
      lastArrival: () => queryWithDeadline(() => lastFinishedRide(db)),
      instanceId,
    }),
    createLogChapter({ ...dependencies, demo, openLogReader: kafka.openLogReader }),
    createGroupsChapter({ ...dependencies, demo, lab: kafka.lab, openLogReader: kafka.openLogReader }),
    createFaultsChapter({ ...dependencies, breaker: kafka.breaker }),
    createQueueChapter({ lab: kafka.lab, demo }),
    createTimeChapter({ ...dependencies, demo, locationLog: kafka.locationLog }),
  ])
}
