import { createAccess, provideAccess } from './access/access.ts'
import { createDeviceCodes } from './access/device-codes.ts'
import { shareThrough } from './access/share-counts.ts'
import { createTokens } from './access/tokens.ts'
import { vapidKeys } from './access/vapid-keys.ts'
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
import { isFromForeignPage } from './gateway/foreign-page.ts'
import { openDoor } from './gateway/open-door.ts'
import { openGateway } from './gateway/open-gateway.ts'
import { openPages } from './gateway/pages.ts'
import { createClosing } from './ground/closing.ts'
import { prepareDataDir } from './ground/data-dir.ts'
import { HISTORY_GROUP, startHistory } from './history/history.ts'
import { openBreakage } from './inside/faults/breakage.ts'
import { createJourneys } from './inside/journeys.ts'
import { openInside } from './inside/open-inside.ts'
import { openKafka } from './kafka/open-kafka.ts'
import { watchConsumers } from './kafka/watch-consumers.ts'
import type { Logger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { startNotify } from './notify/notify.ts'
import { CustomerRooms } from './push/customer-rooms.ts'
import { createGreetings } from './push/greetings.ts'
import { openPush } from './push/open-push.ts'
import { createSocketServer } from './push/socket-server.ts'
import { createWebhooks } from './webhooks/webhooks.ts'

export type App = { port: number; close(): Promise<void> }

/** Puts everything together and opens the door once all of it serves. */
export async function startApp(config: Config, logger: Logger): Promise<App> {
  const now = Date.now
  const closing = createClosing(logger)
  try {
    if (keepsData(config)) prepareDataDir(config.dataDir)
    const metrics = createMetrics(config.instanceId)
    const base = { config, metrics, logger, now }
    const breakage = openBreakage(config)
    const door = await openDoor(config)
    closing.add(door.close)

    // The slow ones side by side: a database that opens, a broker that starts, pages that load.
    const [db, plainKafka, pages] = await closing.openAll([
      openMigrated(config, logger),
      openKafka(config, { metrics, logger, connect: breakage.connect }),
      openPages({ ...config, port: door.port }, logger),
    ])
    const brandPictures = await drawBrandPictures(config.brand)
    const kafka = breakage.aroundKafka(plainKafka)
    const { consume, publish } = kafka

    const secret = config.tokenSecret ?? (await demoTokenSecret(config.dataDir))
    const tokens = createTokens(secret, now)
    const keys = vapidKeys(secret, config)
    const share = shareThrough(db, { ...config, logger, now })
    const deviceCodes = createDeviceCodes({ secret, db, share, now })
    const relays = startRelays({ db, publish, logger })
    closing.add(relays.stop)
    const sockets = createSocketServer((request) => isFromForeignPage(request, door.proxies))
    const customers = new CustomerRooms({ encoder: sockets.io.encoder, now })
    const hasCustomers = (id: string) => customers.has(id)
    const made = { ...base, db, publish, relays, tokens, keys, deviceCodes, hasCustomers }
    const { services, live, missed, listRunning, summariesOf } = createServices(made)
    const access = createAccess({ config, tokens, deviceCodes, share, open: services.open, logger })
    provideAccess(access)
    provideServices(breakage.aroundServices(services))

    const journeys = createJourneys()
    const greetings = createGreetings()
    const warn = (said: string) => logger.warn({ said }, 'A simulated rider')
    const evening = config.demo
      ? createBusyEvening({ host: config.host, port: door.port, warn, now })
      : undefined
    const joinHistory = () =>
      startHistory({ consume, db, publish, isErased: (id) => live.isErased(id), metrics, logger })
    const storedBy = HISTORY_GROUP
    const webhooks =
      config.webhooks.receivers.length > 0
        ? createWebhooks({ ...base, ...config.webhooks, db, summariesOf })
        : undefined
    const [push, history, ...tellers] = await Promise.all([
      openPush({
        ...{ ...base, sockets, customers, greetings, consume, storedBy, live, missed, listRunning, access },
        ...{ observer: journeys, startEvening: evening?.start },
      }),
      joinHistory(),
      ...(config.push.hosts.length > 0
        ? [startNotify({ ...base, consume, db, tokens, keys, push: config.push })]
        : []),
      ...(webhooks ? [webhooks.start(consume)] : []),
    ])
    const consumers = [push.bridge, history, ...tellers]
    for (const consumer of consumers) closing.add(consumer.stop)
    const { checkJoined, lag, caughtUp } = watchConsumers(consumers)
    metrics.watchLag(lag)
    const parts = { ...base, db, kafka, breakage, services, live, access, journeys, sockets }
    closing.add(openInside({ ...parts, consumers, joinHistory }).close)

    const gateway = openGateway({
      ...{ config, door, share, pages, brandPictures, metrics, logger },
      checks: { database: db.ping, kafka: kafka.ping, consumers: checkJoined },
      reports: webhooks ? { webhooks: webhooks.checkAllOn } : {},
      handlers: [...breakage.handlers, answerApiCalls],
      sockets: sockets.http,
      hasRoom: greetings.hasRoom,
    })
    // What was acknowledged before the start has to be readable: in the database, or in this instance's memory.
    await caughtUp()
    gateway.open()
    closing.add(startRetention({ ...base, db, live, relay: relays.erased }).stop)
    // The first thing at the stop: no new requests, answers for those inside, and the customers sent to other instances.
    closing.add(async () => void (await Promise.all([gateway.close(), push.drain()])))
    // Before that, while they can still give back what they carry.
    if (evening) closing.add(evening.close)
    return { port: door.port, close: closing.close }
  } catch (error) {
    await closing.close()
    throw error
  }
}
