import { createServer, type Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import {
  type HandshakeAuth,
  type HandshakeRefusal,
  handshakeAuthSchema,
  TRACKING_NAMESPACE,
} from '#contracts/socket.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { LiveDeliveries } from '../delivery/live-deliveries.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { ProblemError } from '../gateway/problem-error.ts'
import { toProblemError } from '../gateway/problem-response.ts'
import type { Metrics } from '../metrics.ts'
import type { Rooms } from './bridge.ts'
import type { CustomerSocket, SocketData, Tracking } from './customer-socket.ts'
import { drain } from './drain.ts'
import { greet, type MissedLocations } from './greet.ts'
import { isAllowedOrigin } from './origin.ts'

type Dependencies = {
  live: LiveDeliveries
  gateway: Gateway
  missed: MissedLocations
  metrics: Metrics
  now: () => number
}

export type TrackingServer = {
  /** Never listens: the gateway's entry hands it the requests and upgrades under /socket.io/. */
  http: HttpServer
  rooms: Rooms
  /** Sends the customers away, a few at a time: their pages come back to whoever answers then. */
  close(): Promise<void>
}

/** At the stop: long enough that thousands come back one by one, short enough for an orchestrator's patience. */
const DRAIN_WITHIN_MS = 3_000
const DRAIN_EACH_MS = 20

const roomOf = (deliveryId: string) => `delivery:${deliveryId}`

/** The customers' sockets: a token admits to the room of its one delivery, and no room can be asked for by name. */
export function createTrackingServer({ live, gateway, missed, metrics, now }: Dependencies): TrackingServer {
  const http = createServer()
  const io = new Server(http, {
    serveClient: false,
    // 246 KB for each connection, and stalls: see docs/decisions.
    perMessageDeflate: false,
    // A customer has nothing to say beyond the handshake.
    maxHttpBufferSize: 16 * 1024,
    connectTimeout: 10_000,
    // A network that went silent is noticed within 15 s: the page would call itself connected for so long.
    pingInterval: 10_000,
    pingTimeout: 5_000,
    // `cors.origin` would not stop a foreign page's WebSocket; this does.
    allowRequest: (request, decide) => {
      const allowed = isAllowedOrigin(request)
      decide(allowed ? null : 'origin not allowed', allowed)
    },
  })
  io.use((_socket, next) =>
    next(refusal(new ProblemError('not_found', { detail: 'Use the namespace /tracking.' }))),
  )

  const tracking: Tracking = io.of(TRACKING_NAMESPACE)
  tracking.use((socket, next) => {
    admit(socket.handshake.auth).then(
      (data) => {
        socket.data = data
        next()
      },
      (error: unknown) => next(refusal(error)),
    )
  })
  tracking.on('connection', (socket) => {
    void welcome(socket)
  })

  async function admit(auth: unknown): Promise<SocketData> {
    const { token, afterSeq } = readAuth(auth)
    const claims = await gateway.tokens.verify(token)
    await gateway.tokenLimit.consume(token)
    if (claims.role !== 'customer')
      throw new ProblemError('forbidden', { detail: 'Only customers follow a delivery here.' })
    refuseEnded((await live.get(claims.deliveryId)).record.delivery.status)
    return { claims, afterSeq }
  }

  async function welcome(socket: CustomerSocket): Promise<void> {
    const { claims, afterSeq } = socket.data
    metrics.customersConnected.inc()
    // A link that has expired shows nothing any more, even to who had it open.
    const expiry = setTimeout(
      () => socket.disconnect(true),
      Math.min(claims.expiresAtMs - now(), 2 ** 31 - 1),
    )
    socket.once('disconnect', () => {
      clearTimeout(expiry)
      metrics.customersConnected.dec()
    })
    try {
      await greet(socket, {
        deliveryId: claims.deliveryId,
        afterSeq,
        live,
        missed,
        now,
        room: roomOf(claims.deliveryId),
      })
    } catch (err) {
      gateway.log.warn(
        { err, deliveryId: claims.deliveryId },
        'A customer could not be greeted; the page will come again',
      )
      socket.disconnect(true)
    }
  }

  return {
    http,
    rooms: {
      has: (deliveryId) => tracking.adapter.rooms.has(roomOf(deliveryId)),
      emitLocation: (deliveryId, message) =>
        tracking.to(roomOf(deliveryId)).emit('delivery:location', message),
      emitStatus: (deliveryId, message) => tracking.to(roomOf(deliveryId)).emit('delivery:status', message),
      evict: (deliveryId) => tracking.in(roomOf(deliveryId)).disconnectSockets(true),
    },
    async close() {
      const connections = [...tracking.sockets.values()].map(({ conn }) => conn)
      await drain(connections, Math.min(DRAIN_WITHIN_MS, connections.length * DRAIN_EACH_MS))
      await io.close()
    },
  }
}

function readAuth(auth: unknown): HandshakeAuth {
  const parsed = handshakeAuthSchema.safeParse(auth)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') ?? ''
  if (field === 'afterSeq')
    throw new ProblemError('invalid_body', { detail: 'afterSeq must be a whole number from 0.', field })
  throw new ProblemError('unauthenticated', {
    detail: 'Send the token in the handshake as `auth: { token }`.',
  })
}

function refuseEnded(status: Parameters<typeof isEnded>[0]): void {
  if (isEnded(status)) throw new ProblemError('delivery_ended', { detail: 'The delivery has ended.' })
}

/** Socket.IO hands `data` of the error to the client as `connect_error`'s `data`. */
function refusal(error: unknown): Error & { data: HandshakeRefusal } {
  const problem = toProblemError(error)
  return Object.assign(new Error(problem.message), { data: { code: problem.code } })
}
