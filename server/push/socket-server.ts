import { createServer, type Server as HttpServer, type IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import { DISPATCH_NAMESPACE } from '#contracts/dispatch.ts'
import { INSIDE_NAMESPACE } from '#contracts/inside/protocol.ts'
import { TRACKING_NAMESPACE } from '#contracts/socket.ts'
import { type ConnectionGuard, guardConnections } from './guard-connections.ts'
import { refuseNamespace } from './handshake.ts'

export type SocketServer = {
  /** Never listens: the gateway's entry hands it the requests and upgrades under /socket.io/. */
  http: HttpServer
  io: Server
  guard: ConnectionGuard
  /** How many are connected to this instance. */
  count(): { customers: number; visitors: number }
  /** Whether a board of dispatch or a visitor of /inside is connected: they look at all deliveries. */
  hasOverlookers(): boolean
}

/** What holds for the sockets of all namespaces; `isForeign` is whether a browser asks for a page of another site. */
export function createSocketServer(isForeign: (request: IncomingMessage) => boolean): SocketServer {
  const http = createServer()
  const io = new Server(http, {
    serveClient: false,
    // 246 KB for each connection, and stalls: see docs/decisions.
    perMessageDeflate: false,
    // Nobody has more to say than a question.
    maxHttpBufferSize: 16 * 1024,
    connectTimeout: 10_000,
    // A network that went silent is noticed within 15 s: until then the page would call itself connected.
    pingInterval: 10_000,
    pingTimeout: 5_000,
    // `cors.origin` would not stop a foreign page's WebSocket; this does.
    allowRequest: (request, decide) => {
      const allowed = !isForeign(request)
      decide(allowed ? null : 'origin not allowed', allowed)
    },
  })
  const guard = guardConnections(io)
  io.use(refuseNamespace)
  const count = () => ({
    customers: io.of(TRACKING_NAMESPACE).sockets.size,
    visitors: io.of(INSIDE_NAMESPACE).sockets.size,
  })
  const hasOverlookers = () =>
    [DISPATCH_NAMESPACE, INSIDE_NAMESPACE].some((name) => io.of(name).sockets.size > 0)
  return { http, io, guard, count, hasOverlookers }
}
