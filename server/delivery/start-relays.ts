import { createDeviceOutbox } from '../db/device-outbox.ts'
import { createLinkOutbox } from '../db/link-outbox.ts'
import type { Database } from '../db/open-database.ts'
import { createStatusOutbox } from '../db/status-outbox.ts'
import type { Publish } from '../kafka/publish.ts'
import type { Log } from '../log.ts'
import { type Relay, startRelay } from './relay.ts'

export type Relays = { status: Relay; links: Relay; device: Relay; stop(): Promise<void> }

/** Everything that has to be told and is noted in the database first. */
export function startRelays({ db, publish, log }: { db: Database; publish: Publish; log: Log }): Relays {
  const status = startRelay({ outbox: createStatusOutbox(db), publish: publish.status, log })
  const links = startRelay({ outbox: createLinkOutbox(db), publish: publish.linkReplaced, log })
  const device = startRelay({ outbox: createDeviceOutbox(db), publish: publish.deviceChanged, log })
  return {
    device,
    status,
    links,
    async stop() {
      await Promise.all([status.stop(), links.stop(), device.stop()])
    },
  }
}
