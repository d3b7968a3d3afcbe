import { percentile } from '../support/percentile.ts'
import { answerCalls } from '../support/worker.ts'
import { atPace } from './at-pace.ts'
import { nextPost, type PostingRider, PostLine, postTo } from './post-line.ts'

// Riders who post, in a process of their own.

type Closed = { port: number; atOnce: number; seconds: number }
type Paced = { port: number; perSecond: number; seconds: number }
export type Posted = {
  posts: number
  seconds: number
  p50Ms: number
  p99Ms: number
  /** How often each status was the answer; 0 stands for none. */
  statuses: Record<number, number>
  /** How much of a core this process took: near 1 it was the limit itself. */
  generatorCore: number
}
export type Poster = {
  riders: (riders: Omit<PostingRider, 'seq'>[]) => void
  /** So many under way all the time. */
  closed: (load: Closed) => Promise<Posted>
  /** At an even pace that waits for nobody. */
  paced: (load: Paced) => Promise<Posted>
  /** So many new connections at once, with one post each; times are from the connect on. */
  fresh: (load: { port: number; connections: number }) => Promise<Posted>
  /** Every rider once: posts so many times so many points, and then, if it is said, delivers. Resolves with what was refused. */
  rideAll: (load: { port: number; posts: number; points: number; deliver: boolean }) => Promise<number>
  /** `paced` ends early. */
  stop: () => void
  /** Every seq that was acknowledged, by delivery. */
  acknowledged: () => Record<string, number[]>
}

const RIDE_AT_ONCE = 32
let given: Omit<PostingRider, 'seq'>[] = []
/** Each server has riders of its own: their numbers have no gaps there. */
const ridersAt = new Map<number, PostingRider[]>()
let turn = 0
const lines = new Map<number, PostLine[]>()
const acknowledged: Record<string, number[]> = {}
let stopped = false

function linesTo(port: number): PostLine[] {
  const open = lines.get(port) ?? []
  lines.set(port, open)
  return open
}

async function measure(
  port: number,
  work: (post: (line: PostLine) => Promise<void>) => Promise<void>,
): Promise<Posted> {
  const riders = ridersAt.get(port) ?? given.map((rider) => ({ ...rider, seq: 0 }))
  ridersAt.set(port, riders)
  const tookMs: number[] = []
  const statuses: Record<number, number> = {}
  const before = process.cpuUsage()
  const started = performance.now()
  await work(async (line) => {
    const rider = riders[turn++ % riders.length] as PostingRider
    const request = nextPost(rider)
    const { seq } = rider
    const sentAt = performance.now()
    const status = await line.post(request)
    tookMs.push(performance.now() - sentAt)
    statuses[status] = (statuses[status] ?? 0) + 1
    if (status !== 202) return
    const known = acknowledged[rider.id] ?? []
    acknowledged[rider.id] = known
    known.push(seq)
  })
  const seconds = (performance.now() - started) / 1_000
  const { user, system } = process.cpuUsage(before)
  return {
    posts: tookMs.length,
    seconds,
    p50Ms: percentile(tookMs, 0.5),
    p99Ms: percentile(tookMs, 0.99),
    statuses,
    generatorCore: (user + system) / 1e6 / seconds,
  }
}

answerCalls({
  riders(riders) {
    given = riders
  },
  closed: ({ port, atOnce, seconds }) =>
    measure(port, async (post) => {
      const open = linesTo(port)
      while (open.length < atOnce) open.push(new PostLine(port))
      const until = performance.now() + seconds * 1_000
      const goOn = async (line: PostLine) => {
        while (performance.now() < until) await post(line)
      }
      await Promise.all(open.slice(0, atOnce).map(goOn))
    }),
  paced: ({ port, ...pace }) =>
    measure(port, async (post) => {
      const free = linesTo(port)
      const underWay: Promise<void>[] = []
      stopped = false
      const postOne = () => {
        const line = free.pop() ?? new PostLine(port)
        underWay.push(post(line).then(() => void free.push(line)))
      }
      await atPace(pace, postOne, () => stopped)
      await Promise.all(underWay)
    }),
  fresh: ({ port, connections }) =>
    measure(port, async (post) => {
      const open = Array.from({ length: connections }, () => new PostLine(port))
      await Promise.all(open.map(post))
      for (const line of open) line.close()
    }),
  async rideAll({ port, posts, points, deliver }) {
    let [next, refused] = [0, 0]
    const count = async (line: PostLine, request: string, wanted: number) => {
      if ((await line.post(request)) !== wanted) refused += 1
    }
    const goOn = async (line: PostLine) => {
      while (next < given.length) {
        const rider: PostingRider = { ...(given[next++] as Omit<PostingRider, 'seq'>), seq: 0 }
        for (let i = 0; i < posts; i += 1) await count(line, nextPost(rider, points), 202)
        if (deliver) await count(line, postTo('status', rider, '{"status":"delivered"}'), 200)
      }
      line.close()
    }
    await Promise.all(Array.from({ length: RIDE_AT_ONCE }, () => goOn(new PostLine(port))))
    return refused
  },
  stop() {
    stopped = true
  },
  acknowledged: () => acknowledged,
} satisfies Poster)
