import type { Config } from './config.ts'
import { createServices } from './create-services.ts'
import { prepareDataDir } from './data-dir.ts'
import { migrate } from './db/migrate.ts'
import { type Database, openDatabase } from './db/open-database.ts'
import { createAddCounts } from './db/rate-counts.ts'
import { createRefuseReplaced } from './delivery/refuse-replaced.ts'
import { startRelays } from './delivery/start-relays.ts'
import { demoTokenSecret } from './demo/token-secret.ts'
import { createConnectionCap } from './gateway/connection-cap.ts'
import { isFromForeignPage } from './gateway/foreign-page.ts'
import { provideGateway } from './gateway/gateway.ts'
import { openGateway } from './gateway/open-gateway.ts'
import { createOperationsLane } from './gateway/operations.ts'
import { createProxyTrust } from './gateway/proxy-trust.ts'
import { createRateLimiter } from './gateway/rate-limit.ts'
import { createTokens } from './gateway/tokens.ts'
import { HISTORY_GROUP, startHistory } from './history/history.ts'
import { createDeliveryFaults } from './inside/faults/delivery-faults.ts'
import { createJourneys } from './inside/journeys.ts'
import { openInside } from './inside/open-inside.ts'
import { openKafka } from './kafka/open-kafka.ts'
import { listen } from './listen.ts'
import type { Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { openPages } from './pages.ts'
import { startBridge } from './push/bridge.ts'
import { createInsideServer } from './push/inside-server.ts'
import { createPaints } from './push/paints.ts'
import { createSocketCaps } from './push/socket-caps.ts'
import { createSocketServer } from './push/socket-server.ts'
import { createTrackingServer } from './push/tracking-server.ts'
import { provideServices } from './services.ts'

export type App = { port: number; close(): Promise<void> }

/** Puts everything together and opens the door once all of it serves. */
export async function startApp(config: Config, log: Log): Promise<App> {
  const now = Date.now
  if (keepsData(config)) prepareDataDir(config.dataDir)
  const closing: (() => Promise<void>)[] = []
  const closed = async () => {
    for (const close of closing.splice(0).reverse()) {
      await close().catch((err: unknown) => log.warn({ err }, 'Something did not close cleanly'))
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
      openTables(config, log),
      openKafka(config, metrics, log),
      openPages({ ...config, port: door.port }, log),
    ])
    for (const result of opened) if (result.status === 'fulfilled') closing.push(result.value.close)
    const [db, kafka, pages] = opened.map((result) => {
      if (result.status === 'rejected') throw result.reason
      return result.value
    }) as [Database, Awaited<ReturnType<typeof openKafka>>, Awaited<ReturnType<typeof openPages>>]

    const tokens = createTokens(config.tokenSecret ?? (await demoTokenSecret(config.dataDir)), now)
    // Only a database server of its own can have other instances at it.
    const share =
      config.databaseUrl !== undefined ? { addCounts: createAddCounts(db, now), log, now } : undefined
    const relays = startRelays({ db, publish: kafka.publish, log })
    closing.push(relays.stop)
    const deliveryFaults = config.demo ? createDeliveryFaults(kafka.publish) : null
    const { services, live, missed } = createServices({
      config,
      db,
      publish: deliveryFaults?.publish ?? kafka.publish,
      relays,
      tokens,
      metrics,
      log,
      now,
    })
    const gateway = {
      tokens,
      tokenLimit: createRateLimiter(config.rateLimitToken, 'token', share),
      refuseReplaced: createRefuseReplaced({ live, now }),
      dispatchToken: config.demo ? undefined : config.dispatchToken,
      log,
    }
    provideGateway(gateway)
    provideServices(deliveryFaults?.around(services) ?? services)

    const sockets = createSocketServer((request) => isFromForeignPage(request, proxies))
    const journeys = createJourneys()
    const paints = createPaints({ observer: journeys, metrics, now })
    const tracking = createTrackingServer({
      io: sockets.io,
      live,
      gateway,
      missed,
      caps: createSocketCaps(config.maxSockets),
      paints,
      metrics,
      now,
    })
    const joinHistory = () =>
      startHistory({ consume: kafka.consume, db, publish: kafka.publish, metrics, log })
    const consumers = await Promise.all([
      startBridge({
        consume: kafka.breakable?.consume ?? kafka.consume,
        instanceId: config.instanceId,
        storedBy: HISTORY_GROUP,
        live,
        rooms: tracking.rooms,
        observer: journeys,
        paints,
        metrics,
        log,
        now,
      }),
      joinHistory(),
    ])
    for (const consumer of consumers) closing.push(consumer.stop)
    const breakable = kafka.breakable &&
      deliveryFaults && { kafka: kafka.breakable.faults, deliveries: deliveryFaults.faults }
    const inside = openInside({
      ...{ config, db, kafka, journeys, breakable, services, live, tokens, gateway, metrics, log, now },
      consumers,
      startHistory: joinHistory,
      count: sockets.count,
    })
    closing.push(inside.close)
    createInsideServer({ ...sockets, gateway, inside })
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
    const operations = createOperationsLane({
      checks: { database: db.ping, kafka: kafka.ping, consumers: joined },
      stopping: () => stopping,
      metrics,
      log,
    })
    const { entry, upgradeEntry } = openGateway({
      config,
      connections,
      proxies,
      share,
      firstLanes: [operations, ...(deliveryFaults?.lanes ?? [])],
      sockets: sockets.http,
      pages,
      metrics,
      log,
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
async function openTables({ databaseUrl, dataDir }: Config, log: Log): Promise<Database> {
  const db = await openDatabase({ databaseUrl, dataDir, log })
  try {
    await migrate(db, { log })
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}
