import { type Fault, FELT_BY_ALL, type Lever } from '#contracts/inside/faults.ts'
import { createRateLimiter } from '../../access/rate-limit.ts'
import { ProblemError } from '../../ground/problem-error.ts'
import type { Logger } from '../../logger.ts'
import type { Visitor } from '../chapter.ts'

/** Begins the fault; returns the function that ends it, and what the visitor is to know. */
export type Begin = (
  fault: Fault,
  forMs: number,
  visitor: Visitor,
) => Promise<{ end(): void | Promise<void>; customerToken?: string }>

type Pulled = { endsAtMs: number; byId: string; end(): Promise<void> }
type Dependencies = { begin: Begin; onChange(): void; now: () => number; logger: Logger }

/** A visitor who pulls faster does not look at the result. */
const PULLS = { perSecond: 1, burst: 20 }

/** A lever that all visitors feel rests afterwards for as long as it lasted: at least half of the time all is well. */
const LEAST_REST_MS = 5_000

/** One of each lever at a time. Each goes back when its time is up, it is undone, its visitor leaves, or all end. */
export function createLevers({ begin, onChange, now, logger }: Dependencies) {
  const pulled = new Map<Lever, Pulled>()
  const known = new WeakSet<Visitor>()
  const limit = createRateLimiter(PULLS, 'visitor')
  let restUntil = 0
  const restsForMs = () => Math.max(0, Math.ceil(restUntil - performance.now()))

  function refuseWhileFelt(): void {
    if (FELT_BY_ALL.some((each) => pulled.has(each)))
      throw new ProblemError('rate_limited', {
        detail: 'Another lever that everyone feels is pulled; try again once it is back.',
      })
    const retryAfterMs = restsForMs()
    if (retryAfterMs === 0) return
    const seconds = Math.ceil(retryAfterMs / 1_000)
    throw new ProblemError('rate_limited', {
      detail: `Everyone feels this lever, so it rests between two pulls; try again in ${seconds} s.`,
      retryAfterMs,
    })
  }

  return {
    restsForMs,
    pulled: () => [...pulled].map(([lever, { endsAtMs }]) => ({ lever, endsAtMs })),

    async pull(fault: Fault, forMs: number, visitor: Visitor) {
      const { lever } = fault
      if (pulled.has(lever)) throw new ProblemError('rate_limited', { detail: 'This is pulled already.' })
      const isFelt = FELT_BY_ALL.includes(lever)
      if (isFelt) refuseWhileFelt()
      limit.consume(visitor.address)
      const endsAtMs = now() + forMs
      const pulledAt = performance.now()
      const beginning = begin(fault, forMs, visitor)
      let ended: Promise<void> | null = null
      const end = () => {
        ended ??= goBack()
        return ended
      }
      const goBack = async () => {
        clearTimeout(timer)
        try {
          await (await beginning).end()
          const lasted = performance.now() - pulledAt
          if (isFelt) restUntil = performance.now() + Math.max(LEAST_REST_MS, lasted)
        } catch (err) {
          logger.debug({ err, lever }, 'A lever did not begin, or did not go back cleanly')
        }
        pulled.delete(lever)
        logger.warn({ lever }, 'A lever is back')
        onChange()
      }
      const timer = setTimeout(end, forMs)
      pulled.set(lever, { endsAtMs, byId: visitor.id, end })
      if (!known.has(visitor)) {
        known.add(visitor)
        visitor.onLeave(() => {
          for (const each of pulled.values()) if (each.byId === visitor.id) void each.end()
        })
      }
      try {
        const { customerToken = null } = await beginning
        logger.warn({ lever, forMs }, 'A lever is pulled')
        onChange()
        return { endsAtMs, customerToken }
      } catch (error) {
        await end()
        throw error
      }
    },

    async undo(lever: Lever): Promise<void> {
      await pulled.get(lever)?.end()
    },

    async close(): Promise<void> {
      await Promise.all([...pulled.values()].map(({ end }) => end()))
    },
  }
}
