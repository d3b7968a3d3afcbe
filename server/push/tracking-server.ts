import type { Server } from 'socket.io'
import { TRACKING_NAMESPACE } from '#contracts/socket.ts'
import type { LiveDeliveries } from '../delivery/live-deliveries.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { notedContext } from '../gateway/request-context.ts'
import type { Metrics } from '../metrics.ts'
import type { Rooms } from './bridge.ts'
import { closeLink } from './close-link.ts'
import type { CustomerSocket, Tracking } from './customer-socket.ts'
import { drain } from './drain.ts'
import { GivenAtGreeting } from './given-at-greeting.ts'
import { greet, type MissedLocations } from './greet.ts'
import { createHandshake } from './handshake.ts'
import type { Paints } from './paints.ts'
import type { SocketCaps } from './socket-caps.ts'

type Dependencies = {
  io: Server
  live: LiveDeliveries
  gateway: Gateway
  missed: MissedLocations
  caps: SocketCaps
  paints: Paints
  metrics: Metrics
  now: () => number
}

export type TrackingServer = {
  rooms: Rooms
  /** Sends the customers away, a few at a time: their pages come back to whoever answers then. */
  close(): Promise<void>
}

/** At the stop: long enough that thousands come back one by one, short enough for an orchestrator's patience. */
const DRAIN_WITHIN_MS = 3_000
const DRAIN_EACH_MS = 20

const LOOK_FOR_EXPIRED_EVERY_MS = 1_000

const roomOf = (deliveryId: string) => `delivery:${deliveryId}`

/** The customers' sockets: a token admits to the room of its one delivery, and no room can be asked for by name. */
export function createTrackingServer({
  io,
  live,
  gateway,
  missed,
  caps,
  paints,
  metrics,
  now,
}: Dependencies): TrackingServer {
  const given = new GivenAtGreeting()
  const tracking: Tracking = io.of(TRACKING_NAMESPACE)
  // A link that has expired shows nothing any more, not even to somebody who has it open. Looked for again and again
  // rather than awaited: a timer counts the time that has passed, and the clock may be set.
  const expiring = setInterval(() => closeExpired(tracking.sockets.values()), LOOK_FOR_EXPIRED_EVERY_MS)
  tracking.use(createHandshake({ live, gateway, caps }))
  tracking.on('connection', (socket) => {
    void welcome(socket)
  })

  function closeExpired(sockets: Iterable<CustomerSocket>): void {
    const nowMs = now()
    for (const socket of sockets) if (socket.data.claims.expiresAtMs <= nowMs) closeLink(socket)
  }

  function socketsIn(deliveryId: string): CustomerSocket[] {
    const ids = tracking.adapter.rooms.get(roomOf(deliveryId)) ?? []
    return [...ids].flatMap((id) => tracking.sockets.get(id) ?? [])
  }

  async function welcome(socket: CustomerSocket): Promise<void> {
    const { claims, afterSeq } = socket.data
    const { deliveryId } = claims
    const { requestId, address } = notedContext(socket.request)
    const connectedAtMs = now()
    metrics.customersConnected.inc()
    gateway.log.info({ requestId, address, deliveryId, afterSeq }, 'socket connected')
    socket.once('disconnect', (reason) => {
      given.forget(deliveryId, socket.id)
      metrics.customersConnected.dec()
      const ms = now() - connectedAtMs
      gateway.log.info({ requestId, address, deliveryId, reason, ms }, 'socket disconnected')
    })
    socket.on('delivery:painted', (answer: unknown) => paints.onAnswer(deliveryId, answer))
    try {
      await greet(socket, { claims, afterSeq, live, missed, given, now, room: roomOf(deliveryId) })
    } catch (err) {
      gateway.log.warn(
        { err, requestId, deliveryId },
        'A customer could not be greeted; the page will come again',
      )
      socket.disconnect(true)
    }
  }

  return {
    rooms: {
      has: (deliveryId) => tracking.adapter.rooms.has(roomOf(deliveryId)),
      emitLocation(deliveryId, message) {
        closeExpired(socketsIn(deliveryId))
        tracking
          .to(roomOf(deliveryId))
          .except(given.holders(deliveryId, message.location.seq))
          .emit('delivery:location', message)
      },
      emitStatus(deliveryId, message) {
        closeExpired(socketsIn(deliveryId))
        tracking.to(roomOf(deliveryId)).emit('delivery:status', message)
      },
      evict: (deliveryId) => tracking.in(roomOf(deliveryId)).disconnectSockets(true),
      closeOlder(deliveryId, version) {
        for (const socket of socketsIn(deliveryId))
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
