import { percentile } from '../support/percentile.ts'
import { answerCalls } from '../support/worker.ts'
import { atPace } from './at-pace.ts'
import { DIALECTS } from './dialects.ts'
import { nextPost, type PostingRider, PostLine } from './post-line.ts'
import { openRawSocket } from './raw-socket.ts'

// Riders who post and their customers who listen, in one process and so by one clock: the whole way of a point.

export type Walked = { p50Ms: number; p99Ms: number; points: number; missing: number; bytesEach: number }
export type Walker = {
  /** Each rider with one customer; for the product with a token, for the floor by the name of the room. */
  connect: (to: {
    port: number
    riders: (Omit<PostingRider, 'seq'> & { customerToken: string })[]
  }) => Promise<void>
  walk: (load: { port: number; perSecond: number; seconds: number }) => Promise<Walked>
}

type Walking = PostingRider & { sentAt: Map<number, number> }
const ridersAt = new Map<number, Walking[]>()
let tookMs: number[] = []
let bytes = 0
const ARRIVED_WITHIN_MS = 3_000

function listen(port: number, rider: Walking, customerToken: string): Promise<void> {
  const { path, opening, hear } = DIALECTS['socket.io']
  const visitor = { token: customerToken, room: rider.id }
  return new Promise((resolve, reject) => {
    openRawSocket({
      ...{ port, path: path(visitor), opening: opening(visitor) },
      onEnd: (ending) => reject(new Error(JSON.stringify(ending))),
      onText(text, say, length) {
        const told = hear(text, say)
        if (told.kind === 'greeted') resolve()
        if (told.kind === 'refused') reject(new Error(text))
        if (told.kind !== 'delivery') return
        const seq = Number(/"seq":(\d+)/.exec(text)?.[1])
        const sentAt = rider.sentAt.get(seq)
        bytes += length
        if (sentAt !== undefined) tookMs.push(performance.now() - sentAt)
        rider.sentAt.delete(seq)
      },
    })
  })
}

const free = new Map<number, PostLine[]>()

answerCalls({
  async connect({ port, riders }) {
    const walking = riders.map((rider) => ({ ...rider, seq: 0, sentAt: new Map<number, number>() }))
    ridersAt.set(port, walking)
    for (const rider of walking) await listen(port, rider, rider.customerToken)
  },
  async walk({ port, ...pace }) {
    const riders = ridersAt.get(port) ?? []
    const lines = free.get(port) ?? []
    free.set(port, lines)
    tookMs = []
    bytes = 0
    const points = await atPace(pace, (i) => {
      const rider = riders[i % riders.length] as Walking
      const request = nextPost(rider)
      const line = lines.pop() ?? new PostLine(port)
      rider.sentAt.set(rider.seq, performance.now())
      void line.post(request).then(() => lines.push(line))
    })
    const until = performance.now() + ARRIVED_WITHIN_MS
    while (tookMs.length < points && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20))
    for (const { sentAt } of riders) sentAt.clear()
    return {
      p50Ms: percentile(tookMs, 0.5),
      p99Ms: percentile(tookMs, 0.99),
      points,
      missing: points - tookMs.length,
      bytesEach: bytes / tookMs.length,
    }
  },
} satisfies Walker)
