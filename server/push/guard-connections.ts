import type { Server, Socket } from 'socket.io'
import { notedContext } from '../gateway/request-context.ts'
import { CUSTOMER_TALK, TalkBudget, type TalkLimit } from './talk-limit.ts'

type Connection = Socket['conn']
export type ConnectionGuard = { allowTalk(connection: Connection, limit: TalkLimit): void }

/** Who reads is a few messages behind, and right after the greeting at most some hundreds. */
const MOST_WAITING = 2_000

/** What holds for each connection before it has said who it is, and as long as it lives. */
export function guardConnections(io: Server): ConnectionGuard {
  const budgets = new WeakMap<Connection, TalkBudget>()

  io.engine.on('headers', (headers: Record<string, string>, request: object) => {
    headers['X-Request-Id'] = notedContext(request).requestId
  })
  io.engine.on('connection', (connection: Connection) => {
    const budget = new TalkBudget(CUSTOMER_TALK, performance.now())
    budgets.set(connection, budget)
    connection.on('packet', ({ type }: { type: string }) => {
      if (type === 'message' && !budget.spend(performance.now())) connection.close(true)
    })
    // One that answers heartbeats without reading would have its messages pile up here.
    let waiting = 0
    connection.on('flush', () => {
      waiting = 0
    })
    connection.on('packetCreate', () => {
      if (++waiting > MOST_WAITING) connection.close(true)
    })
  })

  return { allowTalk: (connection, limit) => budgets.get(connection)?.change(limit) }
}
