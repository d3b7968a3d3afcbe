import { WebSocket } from 'ws'
import { answerCalls } from '../support/worker.ts'
import { DIALECTS, type Dialect, type Visitor } from './dialects.ts'

// Customers who listen, in a process of their own: bare WebSockets that speak just enough of what the server speaks.

export type Listener = {
  /** A few at a time; resolves once all are greeted. */
  connect: (to: { port: number; dialect: Dialect; visitors: Visitor[] }) => Promise<void>
  /** Since it was last asked; `sample` is the payload of one delivery as it was on the wire. */
  heard: () => { deliveries: number; bytes: number; sample: string }
  leave: () => Promise<void>
}

const AT_ONCE = 50
const GREETED_WITHIN_MS = 60_000
let sockets: WebSocket[] = []
let heard = { deliveries: 0, bytes: 0, sample: '' }

function open(port: number, dialect: Dialect, visitor: Visitor): Promise<void> {
  const { path, opening, hear } = DIALECTS[dialect]
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path(visitor)}`, { perMessageDeflate: false })
  sockets.push(socket)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('nobody greets')), GREETED_WITHIN_MS)
    socket.on('open', () => {
      const words = opening(visitor)
      if (words !== null) socket.send(words)
    })
    socket.on('message', (data: Buffer) => {
      const told = hear(data.toString('latin1'), (text) => socket.send(text))
      if (told.kind === 'delivery') {
        heard.deliveries += told.count
        heard.bytes += data.length
        heard.sample = told.text
      } else if (told.kind === 'greeted') {
        clearTimeout(timer)
        resolve()
      } else if (told.kind === 'refused') reject(new Error(`refused: ${told.text}`))
    })
    socket.on('error', reject)
  })
}

answerCalls({
  async connect({ port, dialect, visitors }) {
    let next = 0
    const goOn = async () => {
      while (next < visitors.length) await open(port, dialect, visitors[next++] as Visitor)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, goOn))
  },
  heard() {
    const told = heard
    heard = { deliveries: 0, bytes: 0, sample: told.sample }
    return told
  },
  async leave() {
    const leaving = sockets
    sockets = []
    await Promise.all(
      leaving.map(
        (socket) =>
          new Promise<void>((resolve) => {
            socket.on('error', () => {})
            socket.once('close', () => resolve())
            socket.close()
          }),
      ),
    )
  },
} satisfies Listener)
