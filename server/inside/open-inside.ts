import type { Config } from '../config.ts'
import { ask } from '../db/ask.ts'
import { lastFinishedRide } from '../db/finished-rides.ts'
import type { Database } from '../db/open-database.ts'
import type { LiveDeliveries } from '../delivery/live-deliveries.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { Tokens } from '../gateway/tokens.ts'
import type { RunningConsumer } from '../kafka/consume.ts'
import type { OpenKafka } from '../kafka/open-kafka.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Services } from '../services.ts'
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
  gateway: Gateway
  metrics: Metrics
  journeys: Journeys
  /** Sockets on this instance. */
  count: () => { customers: number; visitors: number }
  /** The members that this instance always runs, and how to run one more of the history. */
  consumers: readonly RunningConsumer[]
  startHistory: () => Promise<RunningConsumer>
  now: () => number
  log: Log
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
      lastArrival: () => ask(() => lastFinishedRide(db)),
      instanceId,
    }),
    createLogChapter({ ...dependencies, demo, openLogReader: kafka.openLogReader }),
    createGroupsChapter({ ...dependencies, demo, lab: kafka.lab, openLogReader: kafka.openLogReader }),
    createFaultsChapter({ ...dependencies, breaker: kafka.breaker }),
    createQueueChapter({ lab: kafka.lab, demo }),
    createTimeChapter({ ...dependencies, demo, locationLog: kafka.locationLog }),
  ])
}
