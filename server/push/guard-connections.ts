import type { Server, Socket } from 'socket.io'
import { notedContext } from '../gateway/request-context.ts'

type Connection = Socket['conn']

/** A customer says hello and nothing else. Some more are allowed for: a client may be a stranger, not a foe. */
const MOST_MESSAGES = 20
/** Who reads is a few messages behind, and right after the greeting at most some hundreds. */
const MOST_WAITING = 2_000

/** What holds for each connection before it has said who it is, and as long as it lives. */
export function guardConnections(io: Server): void {
  io.engine.on('headers', (headers: Record<string, string>, request: object) => {
    headers['X-Request-Id'] = notedContext(request).requestId
  })
  io.engine.on('connection', (connection: Connection) => {
    let messages = 0
    connection.on('packet', ({ type }: { type: string }) => {
      if (type === 'message' && ++messages > MOST_MESSAGES) connection.close(true)
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
}
