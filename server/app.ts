import { createAccess, provideAccess } from './access/access.ts'
import { createCredentials } from './access/credentials.ts'
import { answerApiCalls } from './api/straight.ts'
import { type Config, keepsData } from './config.ts'
import { openMigrated } from './db/open-migrated.ts'
import { createServices } from './delivery/create-services.ts'
import { provideServices } from './delivery/services.ts'
import { startRelays } from './delivery/start-relays.ts'
import { startRetention } from './delivery/start-retention.ts'
import { createBusyEvening } from './demo/busy-evening.ts'
import { demoTokenSecret } from './demo/token-secret.ts'
import { drawBrandPictures } from './gateway/brand-pictures.ts'
import { openDoor } from './gateway/open-door.ts'
import { openGateway } from './gateway/open-gateway.ts'
import { openPages } from './gateway/pages.ts'
import { createClosing } from './ground/closing.ts'
import { prepareDataDir } from './ground/data-dir.ts'
import { HISTORY_GROUP } from './history/history.ts'
import { openBreakage } from './inside/faults/breakage.ts'
import { createJourneys } from './inside/journeys.ts'
import { openInside } from './inside/open-inside.ts'
import { openKafka } from './kafka/open-kafka.ts'
import type { Logger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { createAffine } from './push/affine/affine.ts'
import { CustomerRooms } from './push/customer-rooms.ts'
import { createSocketServer } from './push/socket-server.ts'
import { startReaders } from './start-readers.ts'

export type App = { port: number; close(): Promise<void> }

/** Puts everything together and opens the door once all of it serves. */
export async function startApp(config: Config, logger: Logger): Promise<App> {
  const closing = createClosing(logger)
  try {
    if (keepsData(config)) prepareDataDir(config.dataDir)
    const metrics = createMetrics(config.instanceId)
    const base = { config, metrics, logger, now: Date.now }
    const breakage = openBreakage(config)
    const door = await openDoor(config)
    closing.add(door.close)

    // The slow ones side by side: a database that opens, a broker that starts, pages that load.
    const [db, plainKafka, pages] = await closing.openAll([
      openMigrated(config, logger),
      openKafka(config, { metrics, logger, connect: breakage.connect }),
      openPages({ ...config, port: door.port }, logger),
    ])
    const kafka = breakage.aroundKafka(plainKafka)
    const { publish } = kafka

    const secret = config.tokenSecret ?? (await demoTokenSecret(config.dataDir))
    const credentials = createCredentials(secret, { ...base, db })
    const relays = startRelays({ db, publish, logger })
    closing.add(relays.stop)
    const sockets = createSocketServer(door.isFromForeignPage)
    const customers = new CustomerRooms({ ...base, encoder: sockets.io.encoder })
    const forgetAll = (isOver: (deliveryId: string) => boolean) => live.forgetAll(isOver)
    const storedBy = HISTORY_GROUP
    const answer = answerApiCalls
    const affine = createAffine({
      ...{ ...base, ...credentials, customers, sockets, answer, forgetAll, storedBy },
    })
    if (affine) closing.add(affine.close)
    const created = createServices({ ...base, ...credentials, db, publish, relays, customers, affine })
    const { services, live } = created
    const access = provideAccess(createAccess({ ...base, ...credentials, open: services.open }))
    provideServices(breakage.aroundServices(services))

    const journeys = createJourneys()
    const evening = createBusyEvening({ ...base, port: door.port })
    const readers = await startReaders({
      ...{ ...base, ...credentials, db, kafka, access, created, sockets, customers, evening, affine },
      observer: journeys,
    })
    for (const consumer of readers.consumers) closing.add(consumer.stop)
    const parts = { ...base, db, kafka, breakage, ...created, access, journeys, sockets }
    closing.add(openInside({ ...parts, ...readers }).close)

    const gateway = openGateway({
      ...{ ...base, ...credentials, door, pages, brandPictures: await drawBrandPictures(config.brand) },
      checks: { database: db.ping, kafka: kafka.ping, consumers: readers.checkJoined },
      reports: readers.reports,
      hasRoom: readers.hasRoom,
      handlers: [...breakage.handlers, ...(affine ? [affine.handleCall] : []), answerApiCalls],
      sockets: sockets.http,
    })
    // What was acknowledged before the start has to be readable: in the database, or in this instance's memory.
    await Promise.all([readers.caughtUp(), config.production && config.preloadPages && pages.preload()])
    gateway.open()
    closing.add(startRetention({ ...base, db, live, relay: relays.erased }).stop)
    // The first thing at the stop: no new requests, answers for those inside, and the customers sent to other instances.
    closing.add(async () => void (await Promise.all([gateway.close(), readers.drain()])))
    if (affine) closing.add((await affine.join(kafka, door.port)).stop)
    // Before that, while they can still give back what they carry.
    if (evening) closing.add(evening.close)
    return { port: door.port, close: closing.close }
  } catch (error) {
    await closing.close()
    throw error
  }
}
