import { ProblemError } from '../ground/problem-error.ts'
import type { RateLimit } from '../ground/settings.ts'
import { CountedWindows } from './counted-windows.ts'
import { type ShareCounts, shareCounts } from './share-counts.ts'

export type RateLimiter = {
  /** @throws ProblemError `rate_limited` with the time to wait */
  consume(key: string): void
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
  const windows = new CountedWindows(windowMs)
  const shared = share && shareCounts(share, { windows, who, windowMs, burst })

  return {
    consume(key) {
      const window = windows.count(key)
      if (window.points <= burst) return shared?.counted(key, window.points)
      const retryAfterMs = Math.ceil(windows.msLeft(window))
      throw new ProblemError('rate_limited', {
        detail: `This ${who} asks too often; try again in ${Math.ceil(retryAfterMs / 1_000)} s.`,
        retryAfterMs,
      })
    },
  }
}
