import { randomBytes } from 'node:crypto'
import {
  READER_LASTS_MS,
  RECEIVER_FAILS_MS,
  type ReaderState,
  type WaitingWebhook,
} from '#contracts/inside/reader.ts'
import { createRateLimiter } from '../access/rate-limit.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { Logger } from '../logger.ts'
import type { Chapter } from './chapter.ts'
import { openReceiver, type Receiver } from './reader/receiver.ts'
import { createSharedPolls } from './shared-polls.ts'

/** One more reader of the log, which tells one more receiver. */
export type ExtraReader = {
  groups: readonly string[]
  waiting(): Promise<{ first: WaitingWebhook[]; count: number }>
  /** Nothing is left of it. */
  stop(): Promise<void>
}
export type OpenReader = (receiver: { url: string; secret: string }) => Promise<ExtraReader>

type Dependencies = { demo: boolean; openReader: OpenReader; now: () => number; logger: Logger }
type Running = {
  reader: ExtraReader
  receiver: Receiver
  endsAtMs: number
  failsUntilMs: number | null
  timer: NodeJS.Timeout
}

const LOOK_EVERY_MS = 500
const PULLS = { perSecond: 0.5, burst: 10 }
/** There is one to look at. */
const ALL = 'all'

/** One more reader, and the shop's system that it tells. */
export function createReaderChapter({ demo, openReader, now, logger }: Dependencies): Chapter {
  const limit = createRateLimiter(PULLS, 'visitor')
  let running: Running | null = null
  let changing: Promise<void> = Promise.resolve()
  /** What the last one had received. */
  let last: Pick<ReaderState, 'received' | 'requests' | 'taken'> = { received: [], requests: 0, taken: 0 }
  let backTimer: NodeJS.Timeout | undefined
  const polls = createSharedPolls<ReaderState>({
    open: async () => ({ read, close: async () => {} }),
    pauseMs: () => LOOK_EVERY_MS,
    logger,
  })

  async function read(): Promise<ReaderState> {
    if (running === null) return { reader: null, ...last, waiting: [], waitingCount: 0 }
    const { reader, receiver, endsAtMs, failsUntilMs } = running
    const { first, count } = await reader.waiting()
    const nowMs = now()
    return {
      reader: {
        ...{ groups: [...reader.groups], url: receiver.url, endsInMs: Math.max(0, endsAtMs - nowMs) },
        failsForMs: failsUntilMs === null ? null : Math.max(0, failsUntilMs - nowMs),
      },
      ...printed(receiver),
      waiting: first,
      waitingCount: count,
    }
  }

  async function start(): Promise<void> {
    if (running !== null) return
    const secret = `whsec_${randomBytes(32).toString('base64')}`
    const receiver = await openReceiver(secret, now)
    try {
      const reader = await openReader({ url: receiver.url, secret })
      const timer = setTimeout(() => {
        inTurn(stop).catch((err: unknown) => logger.warn({ err }, 'The extra reader did not stop cleanly'))
      }, READER_LASTS_MS)
      running = { reader, receiver, endsAtMs: now() + READER_LASTS_MS, failsUntilMs: null, timer }
    } catch (error) {
      await receiver.close()
      throw error
    }
  }

  async function stop(): Promise<void> {
    if (running === null) return
    const { reader, receiver, timer } = running
    clearTimeout(timer)
    clearTimeout(backTimer)
    last = printed(receiver)
    running = null
    await reader.stop()
    await receiver.close()
  }

  function fail(fails: boolean): void {
    if (running === null)
      throw new ProblemError('not_found', { detail: 'There is no reader that could be told.' })
    clearTimeout(backTimer)
    running.receiver.fail(fails)
    running.failsUntilMs = fails ? now() + RECEIVER_FAILS_MS : null
    if (fails) backTimer = setTimeout(() => running && fail(false), RECEIVER_FAILS_MS).unref()
  }

  /** One change after the other. */
  function inTurn(change: () => Promise<void>): Promise<void> {
    const changed = changing.then(change)
    changing = changed.catch(() => {})
    return changed
  }

  function admit(address: string): void {
    if (!demo) throw new ProblemError('forbidden', { detail: 'Readers are added in the demo only.' })
    limit.consume(address)
  }

  return {
    calls: {
      async 'reader:start'(_input, { address }) {
        admit(address)
        await inTurn(start)
        polls.lookNow(ALL)
        return null
      },
      async 'reader:stop'(_input, { address }) {
        admit(address)
        await inTurn(stop)
        polls.lookNow(ALL)
        return null
      },
      async 'reader:fail'({ fails }, { address }) {
        admit(address)
        fail(fails)
        polls.lookNow(ALL)
        return null
      },
    },
    streams: {
      async 'reader:state'(_input, emit) {
        return polls.watch(ALL, emit)
      },
    },
    async close() {
      await Promise.all([inTurn(stop), polls.close()])
    },
  }
}

function printed(receiver: Receiver): Pick<ReaderState, 'received' | 'requests' | 'taken'> {
  return { received: [...receiver.received()], ...receiver.counts() }
}
