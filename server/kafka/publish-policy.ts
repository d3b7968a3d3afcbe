import {
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  isBrokenCircuitError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel'
import { ProblemError } from '../gateway/problem-error.ts'
import type { Log } from '../log.ts'

/**
 * kafkajs keeps trying for 22 s after a broker died and waits for ever on a frozen one, while a rider wants an answer.
 * What is sent after the deadline all the same is a duplicate of the rider's retry, and dropped by its identity.
 */
const DEADLINE_MS = 1_800
/** After so many failures in a row nobody waits for the deadline any more. */
const FAILURES_TO_OPEN = 3
const HALF_OPEN_AFTER_MS = 1_000

export type PublishPolicy = <T>(send: () => Promise<T>) => Promise<T>

/** @throws ProblemError `log_unavailable`, within two seconds, whatever state Kafka is in */
export function createPublishPolicy(log: Log, onFailure: () => void): PublishPolicy {
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: HALF_OPEN_AFTER_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  })
  breaker.onBreak(() => log.warn('Kafka does not answer: the breaker is open'))
  breaker.onReset(() => log.info('Kafka answers again: the breaker is closed'))
  const policy = wrap(breaker, timeout(DEADLINE_MS, TimeoutStrategy.Aggressive))

  return async (send) => {
    try {
      return await policy.execute(() => send())
    } catch (cause) {
      onFailure()
      throw new ProblemError('log_unavailable', {
        detail: 'The event log does not answer. Keep the points and send them again.',
        retryAfterMs: isBrokenCircuitError(cause) ? HALF_OPEN_AFTER_MS : DEADLINE_MS,
        cause,
      })
    }
  }
}
