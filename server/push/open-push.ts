import type { Access } from '../access/access.ts'
import type { Config } from '../config.ts'
import type { LiveDeliveries } from '../delivery/live-deliveries.ts'
import type { MissedLocations } from '../delivery/missed-locations.ts'
import type { Consume, RunningConsumer } from '../kafka/consume.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { Affine } from './affine/affine.ts'
import { startBridge } from './bridge.ts'
import type { CustomerRooms } from './customer-rooms.ts'
import { createDispatchServer } from './dispatch-server.ts'
import type { Greetings } from './greetings.ts'
import type { PointObserver } from './observe-points.ts'
import { createPaintReports } from './paint-reports.ts'
import { createSocketCaps } from './socket-caps.ts'
import type { SocketServer } from './socket-server.ts'
import { createTrackingServer } from './tracking-server.ts'

type Dependencies = {
  config: Config
  sockets: SocketServer
  customers: CustomerRooms
  greetings: Greetings
  consume: Consume
  /** The group that stores the locations. */
  storedBy: string
  live: LiveDeliveries
  missed: MissedLocations
  /** The ids of all running deliveries, as the database has them. */
  listRunning: () => Promise<string[]>
  access: Access
  /** Reads by demand, and sends customers where they belong; undefined: everything is read. */
  affine: Affine | undefined
  /** Simulated riders for the board; undefined outside the demo. */
  startEvening: (() => { riders: number; untilMs: number }) | undefined
  observer: PointObserver
  metrics: Metrics
  logger: Logger
  now: () => number
}

export type Push = {
  bridge: RunningConsumer
  /** Sends the customers to other instances. The bridge is stopped by itself. */
  drain(): Promise<void>
}

/** The sockets of customers and of dispatch, and the bridge from the log to them. */
export async function openPush(dependencies: Dependencies): Promise<Push> {
  const { config, sockets, observer, affine, metrics, now } = dependencies
  const paintReports = createPaintReports({ observer, metrics, now })
  const tracking = createTrackingServer({
    ...dependencies,
    io: sockets.io,
    caps: createSocketCaps(config.maxSockets),
    elsewhere: affine?.sendCustomer ?? (() => null),
    paintReports,
  })
  const board = createDispatchServer({ ...dependencies, ...sockets })
  const bridge = await startBridge({
    ...dependencies,
    instanceId: config.instanceId,
    onDemand: affine !== undefined,
    rooms: tracking.rooms,
    board,
    paintReports,
  })
  if (bridge.onDemand) affine?.start(bridge.onDemand)
  return { bridge, drain: tracking.close }
}
