import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
  type IBackoffFactory,
  isBrokenCircuitError,
  retry,
  wrap,
} from 'cockatiel'
import { ProblemError } from '../ground/problem-error.ts'
import type { Logger } from '../logger.ts'
import type { Metrics, PublishFailure } from '../metrics.ts'
import { untilAnswered } from './until-answered.ts'

/** Every number of the way from a post to Kafka, and why it is what it is. */
const POLICY = {
  /**
   * A healthy broker answers in milliseconds; one that needs longer is rebalancing, or frozen. kafkajs would try for 22 s, and
   * wait without end on a frozen one.
   */
  attemptMs: 800,
  /** One more try rides out a leader that moved. With the wait before it that is 1.75 s: the rider is promised an answer within 2 s. */
  retries: 1,
  /** Spread by cockatiel's decorrelated jitter, so that the batches that wait do not all try again at once. */
  retryDelayMs: { initialDelay: 50, maxDelay: 150 },
  /** What a rider is told to wait whose batch has failed. */
  tryAgainAfterMs: 1_800,
  /** So many failed batches in a row are no accident: from then on no request waits for Kafka any more. */
  failuresToOpen: 3,
  /** From then on the leaders are asked in the background, one question at a time; once all answer, the next batch is let through. */
  askEveryMs: 250,
  /** When that batch fails all the same, the questions rest: other batches would wait for each such trial. */
  restMs: { initialDelay: 250, maxDelay: 5_000 },
  /** A batch is let through also without an answer: where one partition has no leader, those of others may go through. */
  trialAtLatestMs: 5_000,
  /** What a rider is told to wait who is refused without a trial. */
  comeAgainAfterMs: 1_000,
  /** Messages that wait for Kafka lie in memory: this many are some 30 MB. Further ones are refused with 503. */
  messagesAtOnce: 50_000,
} as const

/** What is sent together: the messages of several publishes. */
export type Batch = { publishes: number; messages: number; send(): Promise<unknown> }

/**
 * Sends a batch: all its publishes share the cost of guarding one send, and its result.
 * @throws ProblemError `log_unavailable`, within two seconds, whatever state Kafka is in
 */
export type PublishPolicy = (batch: Batch) => Promise<void>

/** To look at; its counts are in the metrics. */
export type BreakerView = {
  failuresToOpen: number
  /** While it is open: from when on, at the latest, the next publish is let through as a trial. Epoch ms. */
  nextTrialAtMs(): number | null
  /** Called after each change of its state. Returns the function that ends it. */
  onChange(listener: () => void): () => void
}

/** @param ask resolves when the log can be written to, as far as can be told without writing */
export function createPublishPolicy(
  logger: Logger,
  metrics: Metrics,
  ask: () => Promise<unknown>,
): { policy: PublishPolicy; breaker: BreakerView; stop(): void } {
  const inRow = new ConsecutiveBreaker(POLICY.failuresToOpen)
  let restMs = 0
  let hasAnswered = false
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: endedEarly(new ExponentialBackoff(POLICY.restMs), {
      note: (ms) => {
        restMs = ms
      },
      hasEnded: () => hasAnswered,
    }),
    breaker: inRow,
  })
  let state = CircuitState.Closed
  let nextTrialAtMs: number | null = null
  let stopAsking = () => {}
  breaker.onStateChange((next) => {
    const [from, to] = [CircuitState[state], CircuitState[next]]
    state = next
    stopAsking()
    hasAnswered = false
    nextTrialAtMs = null
    if (next === CircuitState.Open) {
      nextTrialAtMs = Date.now() + POLICY.trialAtLatestMs
      stopAsking = untilAnswered({
        ask,
        ...{ afterMs: restMs, everyMs: POLICY.askEveryMs },
        onAnswer() {
          hasAnswered = true
          nextTrialAtMs = Date.now()
        },
      })
    }
    metrics.breakerState(to)
    metrics.breakerTransitions.inc({ from, to })
    logger.warn({ breaker: to }, 'The breaker before Kafka changed its state')
  })
  metrics.breakerState(CircuitState[CircuitState.Closed])

  const policy = wrap(
    breaker,
    retry(handleAll, { maxAttempts: POLICY.retries, backoff: new ExponentialBackoff(POLICY.retryDelayMs) }),
  )

  let messagesWaiting = 0

  const run: PublishPolicy = async ({ publishes, messages, send }) => {
    messagesWaiting += messages
    try {
      if (messagesWaiting > POLICY.messagesAtOnce) throw new TooManyError()
      await policy.execute(() => attempt(send))
      metrics.publishes.inc(publishes)
    } catch (cause) {
      metrics.publishFailures.inc({ reason: reasonOf(cause) }, publishes)
      throw new ProblemError('log_unavailable', {
        detail: 'The event log does not answer. Keep the points and send them again.',
        retryAfterMs: isBrokenCircuitError(cause) ? POLICY.comeAgainAfterMs : POLICY.tryAgainAfterMs,
        // That the breaker has opened, and why, is in the log already.
        ...(isBrokenCircuitError(cause) ? {} : { cause }),
      })
    } finally {
      messagesWaiting -= messages
      metrics.breakerFailures.set(inRow.state)
    }
  }
  return {
    policy: run,
    stop: () => stopAsking(),
    breaker: {
      failuresToOpen: POLICY.failuresToOpen,
      nextTrialAtMs: () => nextTrialAtMs,
      onChange(listener) {
        const listening = breaker.onStateChange(listener)
        return () => listening.dispose()
      },
    },
  }
}

/**
 * Not cockatiel's timeout: kafkajs takes no signal, and to make one that is never looked at, with its listeners, was half of
 * what guarding a batch costs. What is given up here may be sent all the same: a duplicate then, dropped by its identity.
 */
function attempt(send: Batch['send']): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NotAnsweredError()), POLICY.attemptMs)
    send()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}

/** cockatiel looks at how long to wait each time that a batch comes: not at all once the wait has ended. */
function endedEarly<T>(
  backoff: IBackoffFactory<T>,
  wait: { note(ms: number): void; hasEnded(): boolean },
): IBackoffFactory<T> {
  return {
    next(context) {
      const next = backoff.next(context)
      wait.note(next.duration)
      const following = endedEarly(next, wait)
      return {
        get duration() {
          return wait.hasEnded() ? 0 : POLICY.trialAtLatestMs
        },
        next: (after) => following.next(after),
      }
    },
  }
}

function reasonOf(cause: unknown): PublishFailure {
  if (isBrokenCircuitError(cause)) return 'breaker_open'
  return cause instanceof TooManyError ? 'too_many' : 'failed'
}

class NotAnsweredError extends Error {
  override message = `Kafka has not answered for ${POLICY.attemptMs} ms`
}

class TooManyError extends Error {
  override message = 'Too many messages wait for Kafka already'
}
