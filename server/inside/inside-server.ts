import type { DefaultEventsMap, Namespace, Server, Socket } from 'socket.io'
import {
  INSIDE_NAMESPACE,
  type InsideEvents,
  type InsideReply,
  type InsideRequests,
} from '#contracts/inside/protocol.ts'
import type { HandshakeRefusal } from '#contracts/socket.ts'
import type { Access } from '../access/access.ts'
import { authenticateDispatch } from '../access/authenticate.ts'
import { addressKey } from '../ground/address-key.ts'
import { VISITOR_MESSAGE_RATE } from '../ground/message-rate-limit.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { logCause, toProblemError } from '../ground/problem-response.ts'
import { notedContext } from '../ground/request-context.ts'
import type { ConnectionGuard } from '../push/guard-connections.ts'
import type { Visitor } from './chapter.ts'
import { type Inside, parseWatchId } from './inside.ts'
import { createVisitorPlaces } from './visitor-places.ts'

type VisitorSocket = Socket<InsideRequests, InsideEvents, DefaultEventsMap, Record<string, never>>
type Visitors = Namespace<InsideRequests, InsideEvents, DefaultEventsMap, Record<string, never>>
type Dependencies = { io: Server; guard: ConnectionGuard; access: Access; inside: Inside }

const MOST_WATCHES_EACH = 20

/** The sockets of visitors: in the demo every browser may connect, elsewhere only with the dispatch token. */
export function createInsideServer({ io, guard, access, inside }: Dependencies): void {
  const visitors: Visitors = io.of(INSIDE_NAMESPACE)
  const places = createVisitorPlaces()

  visitors.use((socket, next) => {
    try {
      admit(socket.handshake.auth)
      const { address } = notedContext(socket.request)
      const release = places.take({ address, request: socket.request })
      // Not the socket's `disconnect`: it does not come if the connection breaks before the socket is made.
      if (socket.conn.readyState === 'open') socket.conn.once('close', release)
      else release()
      next()
    } catch (error) {
      const { code, message } = toProblemError(error)
      next(Object.assign(new Error(message), { data: { code } satisfies HandshakeRefusal }))
    }
  })
  visitors.on('connection', (socket) => {
    guard.allowMessages(socket.conn, VISITOR_MESSAGE_RATE)
    serve(socket)
  })

  function admit({ token }: Record<string, unknown>): void {
    authenticateDispatch(access, typeof token === 'string' ? `Bearer ${token}` : null)
  }

  function serve(socket: VisitorSocket): void {
    const visitor: Visitor = {
      id: socket.id,
      address: addressKey(notedContext(socket.request).address),
      onLeave: (end) => void socket.once('disconnect', end),
    }
    const watches = new Map<string, () => void>()

    const requests: Record<string, (...words: unknown[]) => Promise<unknown>> = {
      call: (name, input) => inside.call(name, input, visitor),
      async watch(watchId, name, input) {
        const id = parseWatchId(watchId)
        if (watches.size >= MOST_WATCHES_EACH || watches.has(id))
          throw new ProblemError('rate_limited', { detail: 'That is watched already, or too much is.' })
        let wanted = true
        let stop = () => {}
        watches.set(id, () => {
          wanted = false
          stop()
        })
        const emit = (event: unknown) => {
          if (wanted) socket.emit('event', id, event)
        }
        try {
          stop = await inside.watch(name, input, emit, visitor)
        } catch (error) {
          watches.delete(id)
          throw error
        }
        // Not wanted any more by the time it began.
        if (!wanted) stop()
        return null
      },
      async unwatch(watchId) {
        const id = parseWatchId(watchId)
        watches.get(id)?.()
        watches.delete(id)
        return null
      },
    }
    // Every message of a stranger, of any type and in any number, ends in an answer.
    socket.onAny((event: string, ...words: unknown[]) => {
      const request = Object.hasOwn(requests, event) ? requests[event] : undefined
      const asked = words.filter((word) => typeof word !== 'function')
      answer(socket, words.at(-1), async () => await (request ?? refuseEvent)(...asked))
    })
    socket.once('disconnect', () => {
      for (const stop of watches.values()) stop()
      watches.clear()
    })
  }

  function answer(socket: VisitorSocket, reply: unknown, ask: () => Promise<unknown>): void {
    const respond = (response: InsideReply) => typeof reply === 'function' && reply(response)
    ask().then(
      (value) => respond({ ok: true, value }),
      (error: unknown) => {
        const problem = toProblemError(error)
        logCause(problem, { requestId: notedContext(socket.request).requestId, logger: access.logger })
        respond({ ok: false, code: problem.code, detail: problem.message })
      },
    )
  }
}

async function refuseEvent(): Promise<never> {
  throw new ProblemError('not_found', { detail: 'Ask with call, watch or unwatch.' })
}
