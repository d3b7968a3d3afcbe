import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { findContext } from '../ground/request-context.ts'
import { answerUnreadable } from './answer-unreadable.ts'
import type { ConnectionCap } from './connection-cap.ts'
import {
  closeAfterIgnored,
  createIsOffered,
  ignoringUpgrades,
  serveWithoutUpgrade,
} from './ignored-upgrade.ts'
import { ledHere } from './led-here.ts'
import { starting } from './starting.ts'
import { takePort } from './take-port.ts'

/**
 * A slow client holds a connection, not the server. Node's own limits of 60 s and 300 s are made for uploads, which this API
 * does not have; and Node would look for late clients every 30 s only.
 */
const TIME_LIMITS = {
  headersTimeout: 10_000,
  // With the interval below: told 408 within 15 s, before the silence itself cuts the connection.
  requestTimeout: 13_500,
  connectionsCheckingInterval: 1_000,
  // Longer than the 60 s that nginx keeps its side: it must not send into a connection that is just being closed. And
  // longer than a rider's interval, for the same reason.
  keepAliveTimeout: 65_000,
}
/**
 * After this time without a byte in either direction, the client does not read the answer. Node grants a write that made
 * progress a second period. Sockets have their own heartbeat; in development a page may take longer to be compiled.
 */
const STALLED_AFTER_MS = 15_000
const SIZE_LIMITS = { maxHeaderSize: 16 * 1_024 }
/** A request without one is answered where all the others are. */
const REQUIRE_HOST = { requireHostHeader: false }
const MOST_HEADERS = 100
/** Where there are WebSockets. */
const SOCKETS = '/socket.io/'
const HOT_RELOAD = '/_next/'
/** At the stop, requests without an answer by then are cut off. */
const ANSWERED_WITHIN_MS = 5_000

export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

export type Door = {
  port: number
  /** Until then every request but /healthz is answered 503 with Retry-After. */
  open(listener: RequestListener, upgrade: Upgrade): void
  /** Refuses new connections, and resolves when all open requests have been answered. May be called again. */
  close(): Promise<void>
}

/**
 * Takes the port before anything slow is started, so that a taken port is told at once.
 * @throws StartUpError when it cannot be had
 */
export async function listen({
  host,
  port,
  production,
  connections,
}: {
  host: string
  port: number
  production: boolean
  connections: ConnectionCap
}): Promise<Door> {
  let onRequest: RequestListener = starting
  let onUpgrade: Upgrade = (_request, socket) => socket.destroy()

  const isOffered = createIsOffered(production ? [SOCKETS] : [SOCKETS, HOT_RELOAD])
  const server = createServer({
    ...TIME_LIMITS,
    ...SIZE_LIMITS,
    ...REQUIRE_HOST,
    ...ignoringUpgrades(isOffered),
  })
  server.timeout = production ? STALLED_AFTER_MS : 0
  server.maxHeadersCount = MOST_HEADERS
  // Before Node's own listener: a connection that is refused at once is never parsed.
  server.prependListener('connection', connections.onConnection)
  const answers = new WeakMap<Duplex, ServerResponse>()
  const take: RequestListener = (request, response) => {
    if (request.url) request.url = ledHere(request.url)
    answers.set(request.socket, response)
    closeAfterIgnored(request, response)
    onRequest(request, response)
  }
  server.on('request', take)
  // An unknown expectation may be ignored (RFC 9110 §10.1.1).
  server.on('checkExpectation', take)
  const refuse = (error: NodeJS.ErrnoException, socket: Socket) => {
    const answer = answers.get(socket)
    const isHalfAnswered = answer?.headersSent && !answer.writableFinished
    if (!socket.writable || isHalfAnswered) return void socket.destroy()
    const context = answer && !answer.writableFinished ? findContext(answer.req) : undefined
    answerUnreadable(error, socket, context?.requestId)
  }
  server.on('clientError', (error, socket) => refuse(error, socket as Socket))
  // A client that stops while it sends is answered; one that stops while it reads would not read another answer.
  server.on('timeout', (socket) => {
    const answer = answers.get(socket)
    const isSending = answer !== undefined && !answer.writableFinished && !answer.req.complete
    if (isSending) refuse(Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket)
    else socket.destroy()
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url) request.url = ledHere(request.url)
    if (isOffered(request)) return void onUpgrade(request, socket, head)
    // Headers beyond that are not kept, and one of them may say how long the body is.
    if (request.rawHeaders.length >= 2 * MOST_HEADERS)
      return refuse(Object.assign(new Error(), { code: 'HPE_HEADER_OVERFLOW' }), socket as Socket)
    const serve = () => serveWithoutUpgrade(server, request, head)
    // Answers go out in the order of their requests: one of before that is still under way goes first.
    const before = answers.get(socket)
    if (!before || before.writableFinished) return serve()
    socket.on('error', () => {})
    before.once('close', serve)
  })
  await takePort(server, host, port)

  return {
    port: (server.address() as AddressInfo).port,
    open(listener, upgrade) {
      onRequest = listener
      onUpgrade = upgrade
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const force = setTimeout(() => server.closeAllConnections(), ANSWERED_WITHIN_MS)
      await closed
      clearTimeout(force)
    },
  }
}
