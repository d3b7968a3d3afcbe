import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { ProblemError } from '../ground/problem-error.ts'
import type { RateLimit } from '../ground/settings.ts'
import { type ShareCounts, shareCounts } from './share-counts.ts'

export type RateLimiter = {
  /** @throws ProblemError `rate_limited` with the time to wait */
  consume(key: string): Promise<void>
}

/**
 * `burst` requests in every window of `burst / perSecond` seconds: a client that keeps to the rate is never refused,
 * and a whole burst may come at once. With `share`, the counts of other instances are added a moment later; no request
 * waits for them.
 */
export function createRateLimiter(
  { perSecond, burst }: RateLimit,
  who: string,
  share?: ShareCounts,
): RateLimiter {
  const windowMs = (burst / perSecond) * 1_000
  const limiter = new RateLimiterMemory({ points: burst, duration: windowMs / 1_000 })
  const shared = share && shareCounts(share, { limiter, who, windowMs, burst })

  const refuse = (refused: unknown) => {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw new ProblemError('rate_limited', {
      detail: `This ${who} asks too often; try again in ${Math.ceil(refused.msBeforeNext / 1_000)} s.`,
      retryAfterMs: refused.msBeforeNext,
    })
  }

  return {
    consume: (key) =>
      limiter.consume(key).then(({ consumedPoints }) => shared?.counted(key, consumedPoints), refuse),
  }
}
