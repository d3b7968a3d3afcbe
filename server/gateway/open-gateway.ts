import type { Server } from 'node:http'
import { createRateLimiter } from '../access/rate-limit.ts'
import type { ShareCounts } from '../access/share-counts.ts'
import type { Config } from '../config.ts'
import { brandLogoPath } from '../ground/brand-logo.ts'
import type { RequestHandler } from '../ground/request-handler.ts'
import type { SentOn } from '../ground/sent-on.ts'
import { createLineLogger, type Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { createAccessLog } from './access-log.ts'
import { createAdmission } from './admission.ts'
import { createBrandFilesHandler } from './brand-files.ts'
import type { Picture } from './brand-pictures.ts'
import { createBuiltFilesHandler } from './built-files.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { createEntry } from './entry.ts'
import { createMapFileHandler } from './map-file.ts'
import type { OpenDoor } from './open-door.ts'
import { type Checks, createOperationsHandler } from './operations.ts'
import { createPageWorkersHandler } from './page-workers.ts'
import type { Pages } from './pages.ts'
import { createPagesHandler } from './pages-handler.ts'
import { createSocketQueue } from './socket-queue.ts'
import { createSocketsHandler } from './sockets-handler.ts'
import { createUpgradeEntry } from './upgrade-entry.ts'

type Dependencies = {
  config: Config
  door: OpenDoor
  /** What has to be usable for this instance to be ready. */
  checks: Checks
  /** What is told beside them. */
  reports: Checks
  /** With other instances, their counts count. */
  share: ShareCounts | undefined
  sentOn: SentOn
  /** Of requests for the API, before Next's. */
  handlers: readonly RequestHandler[]
  /** Where Socket.IO listens. */
  sockets: Server
  /** Whether another customer could be greeted soon. */
  hasRoom: () => boolean
  pages: Pages
  /** By their paths. */
  brandPictures: ReadonlyMap<string, Picture>
  metrics: Metrics
  logger: Logger
}

export type Gateway = {
  /** From now on requests and sockets are let in. */
  open(): void
  /** Is not ready any more, lets in no more requests, and resolves when those inside have been answered. */
  close(): Promise<void>
}

/** The way in for requests and for sockets: the same limits for both, then the handler that each is for. */
export function openGateway({
  config,
  door,
  checks,
  reports,
  share,
  sentOn,
  handlers,
  sockets,
  hasRoom,
  pages,
  brandPictures,
  metrics,
  logger,
}: Dependencies): Gateway {
  const { proxies, connections } = door
  const addressLimit = createRateLimiter(config.rateLimitAddress, 'address', share)
  const admission = createAdmission({ connections, addressLimit, proxies, sentOn })
  const queue = createSocketQueue(hasRoom)
  let stopping = false
  const entry = createEntry({
    handlers: [
      createOperationsHandler({ checks, reports, stopping: () => stopping, metrics, logger }),
      ...handlers,
      createMapFileHandler(config.mapFile, logger),
      createBrandFilesHandler(brandPictures),
      createBuiltFilesHandler({ isOn: config.production }, logger),
      createPageWorkersHandler({
        isOn: config.production && config.offlinePages,
        logo: config.brand.logo && brandLogoPath(config.brand.logo),
      }),
      createSocketsHandler({ sockets, queue, logger }),
      createPagesHandler(pages, contentSecurityPolicy(config), config),
    ],
    admission,
    proxies,
    metrics,
    accessLog: createAccessLog(config.accessLogOneIn, createLineLogger(config, logger)),
    logger,
  })
  const upgradeEntry = createUpgradeEntry({
    handlers: {
      '/socket.io/': (request, socket, head) => sockets.emit('upgrade', request, socket, head),
      // The hot reload of development; the built pages open no socket of their own.
      ...(config.production ? {} : { '/_next/': pages.upgrade }),
    },
    admission,
    queue,
    mostPerAddress: config.maxConnectionsPerAddress,
    proxies,
    logger,
  })
  return {
    open: () => door.open(entry, upgradeEntry),
    async close() {
      stopping = true
      await door.close()
    },
  }
}
