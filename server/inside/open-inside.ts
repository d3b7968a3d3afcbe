import type { Summary } from '#contracts/snapshot.ts'
import type { Access } from '../access/access.ts'
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
import type { SocketServer } from '../push/socket-server.ts'
import { createDeliveriesChapter } from './deliveries-chapter.ts'
import type { Breakage } from './faults/breakage.ts'
import { createFaultsChapter } from './faults-chapter.ts'
import { createGroupsChapter } from './groups-chapter.ts'
import { createInside } from './inside.ts'
import { createInsideServer } from './inside-server.ts'
import { createInstanceChapter } from './instance-chapter.ts'
import { createJourneyChapter } from './journey-chapter.ts'
import type { Journeys } from './journeys.ts'
import { openLogInstruments } from './log/open-log-instruments.ts'
import { createLogChapter } from './log-chapter.ts'
import { createOpenExtraReader } from './open-extra-reader.ts'
import { createQueueChapter } from './queue-chapter.ts'
import { createReaderChapter } from './reader-chapter.ts'
import { createTimeChapter } from './time-chapter.ts'

type Dependencies = {
  config: Config
  db: Database
  kafka: OpenKafka
  breakage: Breakage
  services: Services
  live: LiveDeliveries
  access: Access
  metrics: Metrics
  journeys: Journeys
  sockets: SocketServer
  /** The members that this instance always runs, and how to run one more of the history. */
  consumers: readonly RunningConsumer[]
  joinHistory: () => Promise<RunningConsumer>
  /** Of those of these deliveries that there are. */
  summariesOf: (deliveryIds: readonly string[]) => Promise<Summary[]>
  now: () => number
  logger: Logger
}

/** Puts the chapters of the page /inside together. None does anything before a visitor looks at it. */
export function openInside(dependencies: Dependencies): { close(): Promise<void> } {
  const { config, db, kafka, breakage, journeys, access, sockets } = dependencies
  const { instanceId, demo } = config
  const { lab, locationLog, openLogReader, close } = openLogInstruments(dependencies)
  const inside = createInside([
    createDeliveriesChapter({ db, tokens: access.tokens }),
    createInstanceChapter({ instanceId, demo, broker: config.kafka ? 'kafka' : 'embedded' }, sockets.count),
    createJourneyChapter({
      journeys,
      log: locationLog,
      live: dependencies.live,
      lastArrival: () => queryWithDeadline(() => lastFinishedRide(db)),
      instanceId,
    }),
    createLogChapter({ ...dependencies, demo, kept: config.retention, openLogReader }),
    createGroupsChapter({ ...dependencies, demo, lab, openLogReader }),
    createFaultsChapter({
      ...dependencies,
      faults: breakage.faults,
      embedded: kafka.embedded,
      breaker: kafka.breaker,
    }),
    createQueueChapter({ lab, demo }),
    createTimeChapter({ ...dependencies, demo, locationLog }),
    createReaderChapter({
      ...dependencies,
      demo,
      openReader: createOpenExtraReader({ ...dependencies, consume: kafka.consume }),
    }),
  ])
  createInsideServer({ ...sockets, access, inside })
  return {
    async close() {
      await inside.close()
      await close()
    },
  }
}
