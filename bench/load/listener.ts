import { answerCalls } from '../support/worker.ts'
import { DIALECTS, type Dialect, type Visitor } from './dialects.ts'
import { openRawSocket, type RawSocket } from './raw-socket.ts'

// Customers who listen, in a process of their own.

export type Listener = {
  /** A few at a time; resolves once all are greeted. */
  connect: (to: { port: number; dialect: Dialect; visitors: Visitor[] }) => Promise<void>
  /** How old each point was when it came, by its receipt at the server, since it was last asked; ms. */
  ages: () => { p50Ms: number; p99Ms: number }
  /** Since it was last asked; `sample` is the payload of one delivery as it was on the wire. */
  heard: () => { deliveries: number; bytes: number; sample: string }
  leave: () => Promise<void>
}

const AT_ONCE = 50
const GREETED_WITHIN_MS = 60_000
const OLDEST_MS = 60_000
let sockets: { socket: RawSocket; ended: Promise<void> }[] = []
/** How many came so many ms old. */
let ages = new Uint32Array(OLDEST_MS + 1)
let heard = { deliveries: 0, bytes: 0, sample: '' }

function open(port: number, dialect: Dialect, visitor: Visitor): Promise<void> {
  const { path, opening, hear } = DIALECTS[dialect]
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('not greeted in time')), GREETED_WITHIN_MS)
    let end = () => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const socket = openRawSocket({
      ...{ port, path: path(visitor), opening: opening(visitor), from: sockets.length },
      onText(text, say, bytes) {
        const told = hear(text, say)
        if (told.kind === 'delivery') {
          heard.deliveries += told.count
          heard.bytes += bytes
          heard.sample = text
          noteAge(text)
        } else if (told.kind === 'greeted') {
          clearTimeout(timer)
          resolve()
        } else if (told.kind === 'refused') reject(new Error(`refused: ${text}`))
      },
      onEnd(ending) {
        end()
        reject(new Error(JSON.stringify(ending)))
      },
    })
    sockets.push({ socket, ended })
  })
}

const RECEIVED = '"receivedAtMs":'

function noteAge(text: string): void {
  const at = text.indexOf(RECEIVED)
  const receivedAtMs = Number(text.slice(at + RECEIVED.length, at + RECEIVED.length + 13))
  const age = Math.min(OLDEST_MS, Math.max(0, Date.now() - receivedAtMs))
  if (at >= 0) ages[age] = (ages[age] ?? 0) + 1
}

/** The smallest age that at least `share` of all do not exceed. */
function ageOf(share: number): number {
  let left = share * ages.reduce((sum, count) => sum + count, 0)
  return ages.findIndex((count) => {
    left -= count
    return left <= 0
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
  ages() {
    const told = { p50Ms: ageOf(0.5), p99Ms: ageOf(0.99) }
    ages = new Uint32Array(OLDEST_MS + 1)
    return told
  },
  heard() {
    const told = heard
    heard = { deliveries: 0, bytes: 0, sample: told.sample }
    return told
  },
  async leave() {
    const leaving = sockets
    sockets = []
    for (const { socket } of leaving) socket.cut()
    await Promise.all(leaving.map(({ ended }) => ended))
  },
} satisfies Listener)
