import { isTaskCancelledError, TimeoutStrategy, timeout } from 'cockatiel'
import { z } from 'zod'
import { ProblemError } from '../ground/problem-error.ts'

/** Riders and customers are promised an answer within 2 s; the driver alone would wait for 12 s. */
const ANSWER_WITHIN_MS = 1_800
const AGAIN_AFTER_MS = 2_000
/** Connection exceptions, no room for more, and a server that is being stopped (PostgreSQL, Appendix A). */
const SQLSTATE_AWAY = /^(08|53|57)/

/** What the driver adapter tells Prisma of a failure; the code is there when the server itself has judged. */
const failureSchema = z.object({
  meta: z.object({
    driverAdapterError: z.object({
      cause: z.object({ kind: z.string(), originalCode: z.string().optional() }),
    }),
  }),
})
/** What the server itself has judged, as the driver tells it. */
const judgedSchema = z.object({ name: z.literal('error'), code: z.string() })
const KINDS_AWAY = [
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TlsConnectionError',
  'TooManyConnections',
]

const deadline = timeout(ANSWER_WITHIN_MS, TimeoutStrategy.Aggressive)

/**
 * Asks the database for a caller that waits for the answer. The database may still do what is given up here, so it has
 * to be harmless to ask again.
 * @throws ProblemError `log_unavailable`, the one answer that says "later", when the database is away or too slow
 */
export async function queryWithDeadline<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await deadline.execute(() => question())
  } catch (cause) {
    if (!isAway(cause)) throw cause
    throw new ProblemError('log_unavailable', {
      detail: 'The database does not answer. Try again in a moment.',
      retryAfterMs: AGAIN_AFTER_MS,
      cause,
    })
  }
}

/** A statement that the server refuses is a defect, and no reason to come back later. */
function isAway(error: unknown): boolean {
  if (isTaskCancelledError(error)) return true
  const failure = failureSchema.safeParse(error)
  if (!failure.success) {
    const judged = judgedSchema.safeParse(error)
    return judged.success ? SQLSTATE_AWAY.test(judged.data.code) : isOfTheDriver(error)
  }
  const { kind, originalCode } = failure.data.meta.driverAdapterError.cause
  return originalCode === undefined ? KINDS_AWAY.includes(kind) : SQLSTATE_AWAY.test(originalCode)
}

/**
 * The driver's own failures are plain errors: "Connection terminated unexpectedly", "Query read timeout"; or several at
 * once, where a name stands for several addresses and none of them answers.
 */
function isOfTheDriver(error: unknown): boolean {
  return error instanceof AggregateError || (error instanceof Error && error.name === 'Error')
}
