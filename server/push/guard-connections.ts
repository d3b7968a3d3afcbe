import type { Duplex } from 'node:stream'
import type { Server, Socket } from 'socket.io'
import { CUSTOMER_MESSAGE_RATE, MessageBudget, type MessageRate } from '../ground/message-rate-limit.ts'
import { notedContext } from '../ground/request-context.ts'

type Connection = Socket['conn']
export type ConnectionGuard = { allowMessages(connection: Connection, limit: MessageRate): void }

/** A client that reads is a few messages behind, and right after the snapshot at most some hundreds. */
const MOST_WAITING = 2_000

function corkForNow(socket: Duplex): void {
  socket.cork()
  process.nextTick(() => socket.uncork())
}

/** What holds for each connection from its first byte, before its token is known, to its end. */
export function guardConnections(io: Server): ConnectionGuard {
  const budgets = new WeakMap<Connection, MessageBudget>()

  io.engine.on('headers', (headers: Record<string, string>, request: object) => {
    headers['X-Request-Id'] = notedContext(request).requestId
  })
  io.engine.on('connection', (connection: Connection) => {
    const budget = new MessageBudget(CUSTOMER_MESSAGE_RATE, performance.now())
    budgets.set(connection, budget)
    connection.on('packet', ({ type }: { type: string }) => {
      if (type === 'message' && !budget.spend(performance.now())) connection.close(true)
    })
    // One that answers heartbeats without reading would have its messages pile up here.
    let waiting = 0
    connection.on('flush', (packets: readonly unknown[]) => {
      waiting = 0
      // A snapshot and the missed locations leave in one system call.
      if (packets.length > 1) corkForNow(connection.request.socket)
    })
    connection.on('packetCreate', () => {
      if (++waiting > MOST_WAITING) connection.close(true)
    })
  })

  return { allowMessages: (connection, limit) => budgets.get(connection)?.change(limit) }
}
