import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimit } from '../config.ts'
import { ProblemError } from './problem-error.ts'

export type RateLimiter = {
  /** @throws ProblemError `rate_limited` with the time to wait */
  consume(key: string): Promise<void>
}

/**
 * `burst` requests in every window of `burst / perSecond` seconds: whoever keeps to the rate is never refused, and
 * a whole burst may come at once.
 */
export function createRateLimiter({ perSecond, burst }: RateLimit, who: string): RateLimiter {
  const limiter = new RateLimiterMemory({ points: burst, duration: burst / perSecond })
  return {
    async consume(key) {
      try {
        await limiter.consume(key)
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused
        throw new ProblemError('rate_limited', {
          detail: `This ${who} sent more than ${perSecond} requests a second.`,
          retryAfterMs: refused.msBeforeNext,
        })
      }
    },
  }
}
