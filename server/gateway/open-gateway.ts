import type { RequestListener, Server } from 'node:http'
import { createRateLimiter } from '../access/rate-limit.ts'
import type { ShareCounts } from '../access/share-counts.ts'
import type { Config } from '../config.ts'
import type { RequestHandler } from '../ground/request-handler.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { createAdmission } from './admission.ts'
import type { ConnectionCap } from './connection-cap.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { createEntry } from './entry.ts'
import type { Upgrade } from './listen.ts'
import type { Pages } from './pages.ts'
import { createPagesHandler } from './pages-handler.ts'
import type { ProxyTrust } from './proxy-trust.ts'
import { createUpgradeEntry } from './upgrade-entry.ts'

type Dependencies = {
  config: Config
  connections: ConnectionCap
  proxies: ProxyTrust
  /** With other instances, their counts count. */
  share: ShareCounts | undefined
  /** Asked before all others. */
  firstHandlers: readonly RequestHandler[]
  /** Where Socket.IO listens. */
  sockets: Server
  pages: Pages
  metrics: Metrics
  logger: Logger
}

/** The way in for requests and for sockets: the same limits for both, then the handler that each is for. */
export function openGateway({
  config,
  connections,
  proxies,
  share,
  firstHandlers,
  sockets,
  pages,
  metrics,
  logger,
}: Dependencies): { entry: RequestListener; upgradeEntry: Upgrade } {
  const addressLimit = createRateLimiter(config.rateLimitAddress, 'address', share)
  const admission = createAdmission({ connections, addressLimit, proxies })
  const entry = createEntry({
    handlers: [
      ...firstHandlers,
      (request, response) =>
        request.url?.startsWith('/socket.io/') ? sockets.emit('request', request, response) : false,
      createPagesHandler(pages, contentSecurityPolicy(config)),
    ],
    admission,
    proxies,
    metrics,
    logger,
  })
  const upgradeEntry = createUpgradeEntry({
    handlers: {
      '/socket.io/': (request, socket, head) => sockets.emit('upgrade', request, socket, head),
      // The hot reload of development; the built pages open no socket of their own.
      ...(config.production ? {} : { '/_next/': pages.upgrade }),
    },
    admission,
    mostPerAddress: config.maxConnectionsPerAddress,
    proxies,
    logger,
  })
  return { entry, upgradeEntry }
}
