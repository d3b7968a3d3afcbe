import type { Claims } from '#domain/access.ts'
import { provideAccess } from './access/access.ts'
import { createRateLimiter } from './access/rate-limit.ts'
import { createTokens } from './access/tokens.ts'
import { answerApiCalls } from './api/straight.ts'
import type { Config } from './config.ts'
import { migrate } from './db/migrate.ts'
import { type Database, openDatabase } from './db/open-database.ts'
import { createAddCounts } from './db/rate-counts.ts'
import { createServices } from './delivery/create-services.ts'
import { provideServices } from './delivery/services.ts'
import { startRelays } from './delivery/start-relays.ts'
import { demoTokenSecret } from './demo/token-secret.ts'
import { createConnectionCap } from './gateway/connection-cap.ts'
import { isFromForeignPage } from './gateway/foreign-page.ts'
import { listen } from './gateway/listen.ts'
import { openGateway } from './gateway/open-gateway.ts'
import { createOperationsHandler } from './gateway/operations.ts'
import { openPages } from './gateway/pages.ts'
import { createProxyTrust } from './gateway/proxy-trust.ts'
import { prepareDataDir } from './ground/data-dir.ts'
import { HISTORY_GROUP, startHistory } from './history/history.ts'
import { createDeliveryFaults } from './inside/faults/delivery-faults.ts'
import { createInsideServer } from './inside/inside-server.ts'
import { createJourneys } from './inside/journeys.ts'
import { openInside } from './inside/open-inside.ts'
import { openKafka } from './kafka/open-kafka.ts'
import type { Logger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { startBridge } from './push/bridge.ts'
import { createPaintReports } from './push/paint-reports.ts'
import { createSocketCaps } from './push/socket-caps.ts'
import { createSocketServer } from './push/socket-server.ts'
import { createTrackingServer } from './push/tracking-server.ts'

export type App = { port: number; close(): Promise<void> }

/** Puts everything together and opens the door once all of it serves. */
export async function startApp(config: Config, logger: Logger): Promise<App> {
  const now = Date.now
  if (keepsData(config)) prepareDataDir(config.dataDir)
  const closing: (() => Promise<void>)[] = []
  const closed = async () => {
    for (const close of closing.splice(0).reverse()) {
      await close().catch((err: unknown) => logger.warn({ err }, 'Something did not close cleanly'))
    }
  }
  try {
    const metrics = createMetrics(config.instanceId)
    const proxies = createProxyTrust(config.trustedProxies)
    const connections = createConnectionCap(config.maxConnectionsPerAddress, proxies.isTrusted)
    const door = await listen({ ...config, connections })
    closing.push(door.close)

    // The slow ones side by side: a database that opens, a broker that starts, pages that load.
    const opened = await Promise.allSettled([
      openTables(config, logger),
      openKafka(config, metrics, logger),
      openPages({ ...config, port: door.port }, logger),
    ])
    for (const result of opened) if (result.status === 'fulfilled') closing.push(result.value.close)
    const [db, kafka, pages] = opened.map((result) => {
      if (result.status === 'rejected') throw result.reason
      return result.value
    }) as [Database, Awaited<ReturnType<typeof openKafka>>, Awaited<ReturnType<typeof openPages>>]

    const tokens = createTokens(config.tokenSecret ?? (await demoTokenSecret(config.dataDir)), now)
    // Only a database server of its own can have other instances at it.
    const share =
      config.databaseUrl !== undefined ? { addCounts: createAddCounts(db, now), logger, now } : undefined
    const relays = startRelays({ db, publish: kafka.publish, logger })
    closing.push(relays.stop)
    const deliveryFaults = config.demo ? createDeliveryFaults(kafka.publish) : null
    const { services, live, missed } = createServices({
      config,
      db,
      publish: deliveryFaults?.publish ?? kafka.publish,
      relays,
      tokens,
      metrics,
      logger,
      now,
    })
    const access = {
      tokens,
      tokenLimit: createRateLimiter(config.rateLimitToken, 'token', share),
      refuseReplaced: async (claims: Claims) => void (await services.open(claims)),
      dispatchToken: config.demo ? undefined : config.dispatchToken,
      logger,
    }
    provideAccess(access)
    provideServices(deliveryFaults?.around(services) ?? services)

    const sockets = createSocketServer((request) => isFromForeignPage(request, proxies))
    const journeys = createJourneys()
    const paintReports = createPaintReports({ observer: journeys, metrics, now })
    const tracking = createTrackingServer({
      io: sockets.io,
      live,
      access,
      missed,
      caps: createSocketCaps(config.maxSockets),
      paintReports,
      metrics,
      now,
    })
    const joinHistory = () =>
      startHistory({ consume: kafka.consume, db, publish: kafka.publish, metrics, logger })
    const consumers = await Promise.all([
      startBridge({
        consume: kafka.breakable?.consume ?? kafka.consume,
        instanceId: config.instanceId,
        storedBy: HISTORY_GROUP,
        live,
        rooms: tracking.rooms,
        observer: journeys,
        paintReports,
        metrics,
        logger,
        now,
      }),
      joinHistory(),
    ])
    for (const consumer of consumers) closing.push(consumer.stop)
    const breakable = kafka.breakable &&
      deliveryFaults && { kafka: kafka.breakable.faults, deliveries: deliveryFaults.faults }
    const inside = openInside({
      ...{ config, db, kafka, journeys, breakable, services, live, tokens, access, metrics, logger, now },
      consumers,
      startHistory: joinHistory,
      count: sockets.count,
    })
    closing.push(inside.close)
    createInsideServer({ ...sockets, access, inside })
    metrics.watchLag(async () => {
      const lags = await Promise.all(
        consumers.map(async ({ groupId, lag }) => (await lag()).map((each) => ({ group: groupId, ...each }))),
      )
      return lags.flat()
    })

    let stopping = false
    const joined = async () => {
      if (!consumers.every((consumer) => consumer.joined()))
        throw new Error('a consumer has not joined its group')
    }
    const operations = createOperationsHandler({
      checks: { database: db.ping, kafka: kafka.ping, consumers: joined },
      stopping: () => stopping,
      metrics,
      logger,
    })
    const { entry, upgradeEntry } = openGateway({
      config,
      connections,
      proxies,
      share,
      firstHandlers: [operations, ...(deliveryFaults?.handlers ?? []), answerApiCalls],
      sockets: sockets.http,
      pages,
      metrics,
      logger,
    })
    // What was acknowledged before the start has to be readable: in the database, or in this instance's memory.
    await Promise.all(consumers.map(({ caughtUp }) => caughtUp))
    door.open(entry, upgradeEntry)
    // First of all at the stop: nobody new, the ones inside answered, the customers sent to other instances.
    closing.push(async () => {
      stopping = true
      await Promise.all([door.close(), tracking.close()])
    })
    return { port: door.port, close: closed }
  } catch (error) {
    await closed()
    throw error
  }
}

/** What is not given is this app's own, and kept in `dataDir`. */
function keepsData({ kafka, databaseUrl, tokenSecret }: Config): boolean {
  return kafka === null || databaseUrl === undefined || tokenSecret === undefined
}

/** The database with all migrations applied. */
async function openTables({ databaseUrl, dataDir }: Config, logger: Logger): Promise<Database> {
  const db = await openDatabase({ databaseUrl, dataDir, logger })
  try {
    await migrate(db, { logger })
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}
