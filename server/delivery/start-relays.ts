import type { ErasedEvent, LinkReplacedEvent } from '#contracts/topics.ts'
import { createDeviceOutbox } from '../db/device-outbox.ts'
import { createErasureOutbox } from '../db/erasure-outbox.ts'
import { createLinkOutbox } from '../db/link-outbox.ts'
import type { Database } from '../db/open-database.ts'
import { createRouteOutbox } from '../db/route-outbox.ts'
import { createStatusOutbox } from '../db/status-outbox.ts'
import type { Publish } from '../kafka/publish.ts'
import type { Logger } from '../logger.ts'
import { type Relay, startRelay, type WatchedRelay } from './relay.ts'

export type Relays = {
  status: Relay
  links: WatchedRelay<LinkReplacedEvent>
  device: Relay
  route: Relay
  erased: WatchedRelay<ErasedEvent>
  stop(): Promise<void>
}

/** The relays of all events that are stored in the database before they are published. */
export function startRelays({
  db,
  publish,
  logger,
}: {
  db: Database
  publish: Publish
  logger: Logger
}): Relays {
  const status = startRelay({ outbox: createStatusOutbox(db), publish: publish.status, logger })
  const links = startRelay({ outbox: createLinkOutbox(db), publish: publish.linkReplaced, logger })
  const device = startRelay({ outbox: createDeviceOutbox(db), publish: publish.deviceChanged, logger })
  const route = startRelay({ outbox: createRouteOutbox(db), publish: publish.routeChanged, logger })
  const erased = startRelay({ outbox: createErasureOutbox(db), publish: publish.erased, logger })
  return {
    device,
    erased,
    route,
    status,
    links,
    async stop() {
      await Promise.all([status.stop(), links.stop(), device.stop(), route.stop(), erased.stop()])
    },
  }
}
