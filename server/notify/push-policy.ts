import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
  type IPolicy,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel'
import { BoundedMap } from '../ground/bounded-map.ts'
import type { Logger } from '../logger.ts'

/** Every number of the way to a push service, and why it is what it is. A message that failed is tried again by its row in the database. */
export const POLICY = {
  attemptMs: 5_000,
  /** So many in a row are no accident: from then on its messages wait without being tried. */
  failuresToOpen: 5,
  halfOpenAfterMs: { initialDelay: 2_000, maxDelay: 60_000 },
  /** Names below `*.push.services.mozilla.com` and their like. */
  mostHosts: 100,
} as const

/** One breaker for each push service: one that is down holds up none of the others. */
export function createPushPolicies(logger: Logger): (host: string) => IPolicy {
  const policies = new BoundedMap<string, IPolicy>(POLICY.mostHosts)
  return (host) => {
    const known = policies.get(host)
    if (known) return known
    const breaker = circuitBreaker(handleAll, {
      halfOpenAfter: new ExponentialBackoff(POLICY.halfOpenAfterMs),
      breaker: new ConsecutiveBreaker(POLICY.failuresToOpen),
    })
    breaker.onStateChange((state) => {
      logger.warn(
        { breaker: CircuitState[state], host },
        'The breaker before a push service changed its state',
      )
    })
    const policy = wrap(breaker, timeout(POLICY.attemptMs, TimeoutStrategy.Aggressive))
    policies.set(host, policy)
    return policy
  }
}
