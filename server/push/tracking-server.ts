import type { Server } from 'socket.io'
import { TRACKING_NAMESPACE } from '#contracts/socket.ts'
import type { Access } from '../access/access.ts'
import type { LiveDeliveries } from '../delivery/live-deliveries.ts'
import type { MissedLocations } from '../delivery/missed-locations.ts'
import { notedContext } from '../ground/request-context.ts'
import type { Metrics } from '../metrics.ts'
import type { Rooms } from './bridge.ts'
import { closeLink } from './close-link.ts'
import type { CustomerRooms } from './customer-rooms.ts'
import type { CustomerSocket, Elsewhere, Tracking } from './customer-socket.ts'
import { drain } from './drain.ts'
import type { Greetings } from './greetings.ts'
import { createHandshake } from './handshake.ts'
import type { PaintReports } from './paint-reports.ts'
import { sendSnapshot } from './send-snapshot.ts'
import { SentWithSnapshot } from './sent-with-snapshot.ts'
import type { SocketCaps } from './socket-caps.ts'

type Dependencies = {
  io: Server
  customers: CustomerRooms
  live: LiveDeliveries
  access: Access
  missed: MissedLocations
  caps: SocketCaps
  elsewhere: Elsewhere
  greetings: Greetings
  paintReports: PaintReports
  metrics: Metrics
  now: () => number
}

export type TrackingServer = {
  rooms: Rooms
  /** Disconnects the customers, a few at a time: their pages connect again to another instance. */
  close(): Promise<void>
}

/** At the stop: long enough that thousands come back one by one, short enough for an orchestrator's patience. */
const DRAIN_WITHIN_MS = 3_000
const DRAIN_EACH_MS = 20

const LOOK_FOR_EXPIRED_EVERY_MS = 1_000

/** The customers' sockets: a token admits to the room of its one delivery, and no room can be asked for by name. */
export function createTrackingServer({
  io,
  customers: rooms,
  live,
  access,
  missed,
  caps,
  elsewhere,
  greetings,
  paintReports,
  metrics,
  now,
}: Dependencies): TrackingServer {
  const sentWithSnapshot = new SentWithSnapshot()
  const tracking: Tracking = io.of(TRACKING_NAMESPACE)
  // Looked for again and again rather than awaited: a timer counts the time that has passed, and the clock may be set.
  const expiring = setInterval(() => rooms.closeExpired(), LOOK_FOR_EXPIRED_EVERY_MS)
  tracking.use(createHandshake({ live, access, caps, greetings, elsewhere }))
  tracking.on('connection', (socket) => {
    void welcome(socket)
  })

  async function welcome(socket: CustomerSocket): Promise<void> {
    const { claims, afterSeq } = socket.data
    const { deliveryId } = claims
    const { requestId, address } = notedContext(socket.request)
    const connectedAtMs = now()
    metrics.customersConnected.inc()
    access.logger.info({ requestId, address, deliveryId, afterSeq }, 'socket connected')
    socket.once('disconnect', (reason) => {
      rooms.leave(socket)
      sentWithSnapshot.forget(deliveryId, socket.id)
      metrics.customersConnected.dec()
      const ms = now() - connectedAtMs
      access.logger.info({ requestId, address, deliveryId, reason, ms }, 'socket disconnected')
    })
    socket.on('delivery:painted', (answer: unknown) => paintReports.onAnswer(deliveryId, answer))
    try {
      await sendSnapshot(socket, {
        claims,
        afterSeq,
        live,
        missed,
        sentWithSnapshot,
        now,
        join: () => rooms.join(socket),
      })
    } catch (err) {
      access.logger.warn(
        { err, requestId, deliveryId },
        'A customer could not be sent the snapshot; the page will connect again',
      )
      socket.disconnect(true)
    }
    socket.data.greeted()
  }

  return {
    rooms: {
      has: (deliveryId) => rooms.has(deliveryId),
      emitLocation: (deliveryId, message) =>
        rooms.emit(
          deliveryId,
          'delivery:location',
          message,
          sentWithSnapshot.holders(deliveryId, message.location.seq),
        ),
      emitStatus: (deliveryId, message) => rooms.emit(deliveryId, 'delivery:status', message),
      emitRoute: (deliveryId, message) => rooms.emit(deliveryId, 'delivery:route', message),
      evict(deliveryId) {
        for (const socket of rooms.socketsIn(deliveryId)) socket.disconnect(true)
      },
      closeErased(deliveryId) {
        for (const socket of rooms.socketsIn(deliveryId)) closeLink(socket, 'not_found')
      },
      closeOlder(deliveryId, version) {
        for (const socket of rooms.socketsIn(deliveryId))
          if (socket.data.claims.version < version) closeLink(socket)
      },
    },
    async close() {
      clearInterval(expiring)
      const connections = [...tracking.sockets.values()].map(({ conn }) => conn)
      await drain(connections, Math.min(DRAIN_WITHIN_MS, connections.length * DRAIN_EACH_MS))
      await io.close()
    },
  }
}
