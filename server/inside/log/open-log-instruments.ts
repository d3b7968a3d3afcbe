import type { Config } from '../../config.ts'
import type { OpenKafka } from '../../kafka/open-kafka.ts'
import type { Logger } from '../../logger.ts'
import { createLab, type Lab } from './lab.ts'
import { type LocationLog, openLocationLog } from './location-log.ts'
import { type OpenLogReader, openLogReader } from './log-reader.ts'
import { embeddedSegments, noSegments } from './segments.ts'

/** The chapters' clients for looking at the log, beside the product's own. Each opens nothing before it is used. */
export type LogInstruments = {
  /** For trying things on topics of their own. */
  lab: Lab
  locationLog: LocationLog
  openLogReader: OpenLogReader
  close(): Promise<void>
}

type Dependencies = { config: Config; kafka: OpenKafka; now: () => number; logger: Logger }

export function openLogInstruments({ config, kafka, now, logger }: Dependencies): LogInstruments {
  const { names, admin } = kafka
  // A consumer that crashes because a visitor makes it crash is no news.
  const labLogger = logger.child({}, { level: 'error' })
  const lab = createLab({
    newClient: (connect) => kafka.newClient({ name: 'lab', connect, logger: labLogger }),
    names,
    now,
    logger,
  })
  if (config.demo)
    lab
      .sweep({ alone: kafka.embedded !== null })
      .catch((err: unknown) => logger.warn({ err }, 'What labs left behind is still there'))
  const client = kafka.newClient({ name: 'inside' })
  const readerGroupId = `inside-${config.instanceId}`
  const locationLog = openLocationLog({ kafka: client, admin, names, readerGroupId, logger })
  const segments = kafka.embedded ? embeddedSegments(config.dataDir) : noSegments
  return {
    lab,
    locationLog,
    openLogReader: (topic) => openLogReader({ kafka: client, names, segments }, topic),
    async close() {
      await Promise.allSettled([lab.close(), locationLog.close()])
    },
  }
}
