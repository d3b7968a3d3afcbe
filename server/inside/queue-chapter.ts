import type { Burst } from '#contracts/inside/queue.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { type RunningBurst, startBurst } from './burst/run-burst.ts'
import type { Chapter, Visitor } from './chapter.ts'
import type { Lab } from './log/lab.ts'

const MOST_AT_ONCE = 2
const EMIT_EVERY_MS = 250
/** So long its topic and its workers can still be looked at, then they go. */
const KEPT_MS = 120_000

type Kept = { address: string; burst: RunningBurst | null; isOver: boolean; close(): Promise<void> }

/** The same burst of jobs by request and response, and through the log. */
export function createQueueChapter({ lab, demo }: { lab: Lab; demo: boolean }): Chapter {
  /** The last burst of each visitor; an address runs one at a time. */
  const bursts = new Map<string, Kept>()

  async function start(asked: Burst, visitor: Visitor): Promise<void> {
    const previous = bursts.get(visitor.id)
    if (!previous) visitor.onLeave(() => void forget(visitor.id))
    const starting = startBurst(lab, asked)
    const kept: Kept = {
      address: visitor.address,
      burst: null,
      isOver: false,
      // One that did not begin has nothing left to close.
      close: () => starting.then((burst) => burst.close()).catch(() => {}),
    }
    bursts.set(visitor.id, kept)
    void previous?.close()
    try {
      kept.burst = await starting
    } catch (error) {
      bursts.delete(visitor.id)
      throw error
    }
    void kept.burst.over.then(() => {
      kept.isOver = true
      setTimeout(() => void kept.close(), KEPT_MS).unref()
    })
  }

  async function forget(visitorId: string): Promise<void> {
    const kept = bursts.get(visitorId)
    bursts.delete(visitorId)
    await kept?.close()
  }

  return {
    calls: {
      async 'queue:start'(asked, visitor) {
        if (!demo) throw new ProblemError('forbidden', { detail: 'Bursts are for the demo only.' })
        const going = [...bursts.values()].filter(({ isOver }) => !isOver)
        if (going.some(({ address }) => address === visitor.address) || going.length >= MOST_AT_ONCE)
          throw new ProblemError('rate_limited', {
            detail: 'Another burst is going on. Try again in a moment.',
          })
        await start(asked, visitor)
        return {}
      },
    },
    streams: {
      async 'queue:burst'(_input, emit, visitor) {
        let emitted: RunningBurst | null = null
        const emitState = () => {
          const kept = bursts.get(visitor.id)
          if (!kept?.burst || kept.burst === emitted) return
          emit(kept.burst.state())
          if (kept.isOver) emitted = kept.burst
        }
        emitState()
        const timer = setInterval(emitState, EMIT_EVERY_MS)
        return () => clearInterval(timer)
      },
    },
    async close() {
      await Promise.all([...bursts.keys()].map(forget))
    },
  }
}
