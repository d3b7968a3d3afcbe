import type { DefaultEventsMap, Namespace, Server, Socket } from 'socket.io'
import { deliveryIdSchema } from '#contracts/delivery.ts'
import {
  DISPATCH_NAMESPACE,
  type DispatchEvents,
  type DispatcherEvents,
  dispatchAuthSchema,
  type EveningReply,
  type OpenReply,
} from '#contracts/dispatch.ts'
import type { HandshakeRefusal } from '#contracts/socket.ts'
import type { Access } from '../access/access.ts'
import { authenticateDispatch } from '../access/authenticate.ts'
import type { LiveDeliveries } from '../delivery/live-deliveries.ts'
import { VISITOR_MESSAGE_RATE } from '../ground/message-rate-limit.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { logCause, toProblemError } from '../ground/problem-response.ts'
import { notedContext } from '../ground/request-context.ts'
import type { Metrics } from '../metrics.ts'
import { type Board, createBoard, type Update } from './board.ts'
import { createDispatchPlaces } from './dispatch-places.ts'
import type { ConnectionGuard } from './guard-connections.ts'
import { openDelivery } from './open-delivery.ts'
import { framePacket, joinPackets, writePacket } from './write-packet.ts'

type DispatchSocket = Socket<DispatcherEvents, DispatchEvents, DefaultEventsMap, Record<string, never>>
type Dispatch = Namespace<DispatcherEvents, DispatchEvents, DefaultEventsMap, Record<string, never>>
type Dependencies = {
  io: Server
  guard: ConnectionGuard
  access: Access
  live: LiveDeliveries
  /** The ids of all running deliveries, as the database has them. */
  listRunning: () => Promise<string[]>
  /** Simulated riders; undefined outside the demo. */
  startEvening: (() => { riders: number; untilMs: number }) | undefined
  metrics: Metrics
  now: () => number
}

/**
 * The sockets of the board: in the demo every browser may connect, elsewhere only with the dispatch token. Snapshot, then
 * stream. Each update is built and framed once, for however many boards are open here.
 */
export function createDispatchServer({
  io,
  guard,
  access,
  live,
  listRunning,
  startEvening,
  metrics,
  now,
}: Dependencies): Board {
  const { logger } = access
  const dispatch: Dispatch = io.of(DISPATCH_NAMESPACE)
  const places = createDispatchPlaces()
  const joined = new Set<DispatchSocket>()
  const board = createBoard({ live, listRunning, emit, logger, now })

  dispatch.use((socket, next) => {
    const { address, requestId } = notedContext(socket.request)
    try {
      authenticateDispatch(access, bearerOf(socket.handshake.auth))
      const release = places.take(address)
      // Not the socket's `disconnect`: it does not come if the connection breaks before the socket is made.
      if (socket.conn.readyState === 'open') socket.conn.once('close', release)
      else release()
      next()
    } catch (error) {
      const { code, message } = toProblemError(error)
      logger.info({ requestId, address, code }, 'board refused')
      next(Object.assign(new Error(message), { data: { code } satisfies HandshakeRefusal }))
    }
  })
  dispatch.on('connection', (socket) => {
    guard.allowMessages(socket.conn, VISITOR_MESSAGE_RATE)
    void welcome(socket)
    socket.on('dispatch:open', (deliveryId: unknown, reply: unknown) => {
      void answerOpen(deliveryId, notedContext(socket.request).requestId).then((answer) => {
        if (typeof reply === 'function') reply(answer)
      })
    })
    socket.on('dispatch:evening', (_nothing: unknown, reply: unknown) => {
      const answer = answerEvening()
      if (typeof reply === 'function') reply(answer)
    })
  })

  async function welcome(socket: DispatchSocket): Promise<void> {
    const stop = board.watch()
    metrics.boardsConnected.inc()
    socket.once('disconnect', () => {
      joined.delete(socket)
      stop()
      metrics.boardsConnected.dec()
    })
    try {
      const takeSnapshot = await board.prepare()
      if (!socket.connected) return
      socket.emit('dispatch:snapshot', takeSnapshot())
      joined.add(socket)
    } catch (err) {
      const { requestId } = notedContext(socket.request)
      logger.warn({ err, requestId }, 'A board could not be sent the snapshot; the page will connect again')
      socket.disconnect(true)
    }
  }

  async function answerOpen(deliveryId: unknown, requestId: string): Promise<OpenReply> {
    try {
      const id = deliveryIdSchema.safeParse(deliveryId).data
      if (id === undefined) throw new ProblemError('not_found', { detail: 'There is no such delivery.' })
      return { ok: true, value: openDelivery(access, await live.get(id)) }
    } catch (error) {
      const problem = toProblemError(error)
      logCause(problem, { requestId, logger })
      return { ok: false, code: problem.code, detail: problem.message }
    }
  }

  function answerEvening(): EveningReply {
    if (startEvening) return { ok: true, value: startEvening() }
    return { ok: false, code: 'forbidden', detail: 'Riders are simulated in the demo alone.' }
  }

  function emit(updates: readonly Update[]): void {
    if (joined.size === 0) return
    const packets = updates.map(({ event, message }) =>
      framePacket(io.encoder, DISPATCH_NAMESPACE, event, message),
    )
    const packet = joinPackets(packets)
    for (const socket of joined) writePacket(socket.conn, packet)
  }

  return board
}

/** @throws ProblemError `unauthenticated` for a token that is no text */
function bearerOf(auth: unknown): string | null {
  const parsed = dispatchAuthSchema.safeParse(auth)
  if (!parsed.success)
    throw new ProblemError('unauthenticated', {
      detail: 'Send the dispatch token in the handshake as `auth: { token }`.',
    })
  const { token } = parsed.data
  return token === undefined ? null : `Bearer ${token}`
}
