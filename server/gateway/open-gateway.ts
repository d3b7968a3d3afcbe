import type { RequestListener, Server } from 'node:http'
import type { Config } from '../config.ts'
import type { Upgrade } from '../listen.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Pages } from '../pages.ts'
import { createAdmission } from './admission.ts'
import type { ConnectionCap } from './connection-cap.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { createEntry, type Lane } from './entry.ts'
import { createFastLane } from './fast-lane.ts'
import { createPagesLane } from './pages-lane.ts'
import { postLocations } from './post-locations.ts'
import type { ProxyTrust } from './proxy-trust.ts'
import { createRateLimiter } from './rate-limit.ts'
import { provideRequestContext } from './request-context.ts'
import type { ShareCounts } from './share-counts.ts'
import { createUpgradeEntry } from './upgrade-entry.ts'

type Dependencies = {
  config: Config
  connections: ConnectionCap
  proxies: ProxyTrust
  /** With other instances, their counts count. */
  share: ShareCounts | undefined
  /** Asked before all others. */
  firstLanes: readonly Lane[]
  /** Where Socket.IO listens. */
  sockets: Server
  pages: Pages
  metrics: Metrics
  log: Log
}

/** The way in for requests and for sockets: the same limits for both, then the lane that each is for. */
export function openGateway({
  config,
  connections,
  proxies,
  share,
  firstLanes,
  sockets,
  pages,
  metrics,
  log,
}: Dependencies): { entry: RequestListener; upgradeEntry: Upgrade } {
  const addressLimit = createRateLimiter(config.rateLimitAddress, 'address', share)
  const admission = createAdmission({ connections, addressLimit, proxies })
  const entry = createEntry({
    storage: provideRequestContext(),
    lanes: [
      ...firstLanes,
      createFastLane(postLocations),
      (request, response) =>
        request.url?.startsWith('/socket.io/') ? sockets.emit('request', request, response) : false,
      createPagesLane(pages, contentSecurityPolicy(config)),
    ],
    admission,
    proxies,
    metrics,
    log,
  })
  const upgradeEntry = createUpgradeEntry({
    lanes: {
      '/socket.io/': (request, socket, head) => sockets.emit('upgrade', request, socket, head),
      // The hot reload of development; the built pages open no socket of their own.
      ...(config.production ? {} : { '/_next/': pages.upgrade }),
    },
    admission,
    mostPerAddress: config.maxConnectionsPerAddress,
    proxies,
    log,
  })
  return { entry, upgradeEntry }
}
