import type { Logger } from 'pino'
import { PROBLEM_CONTENT_TYPE } from '#contracts/problem.ts'
import type { Answer } from './answer.ts'
import { ProblemError } from './problem-error.ts'

/** An error as an answer. Only a ProblemError tells its own code; every other error is `internal`. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  // The two bundles of this process each have their own ProblemError class.
  if (error instanceof Error && error.name === 'ProblemError') return error as ProblemError
  return new ProblemError('internal', {
    detail: 'The request failed; its id will find the reason.',
    cause: error,
  })
}

export function problemAnswer(
  error: unknown,
  { requestId, logger }: { requestId: string; logger: Logger },
): Answer {
  const problem = toProblemError(error)
  logCause(problem, { requestId, logger })
  return {
    status: problem.status,
    body: problem.toProblem(requestId),
    headers: { 'Content-Type': PROBLEM_CONTENT_TYPE, ...problem.headers() },
  }
}

/** The cause is for the log alone: nothing of it leaks into the answer. */
export function logCause(
  problem: ProblemError,
  { requestId, logger }: { requestId: string; logger: Logger },
): void {
  if (problem.code === 'internal') logger.error({ requestId, err: problem.cause ?? problem }, problem.message)
  // What we depend on is away: thousands of these may come, and their stacks would say nothing.
  else if (problem.cause instanceof Error && problem.status >= 500)
    logger.warn({ requestId, cause: problem.cause.message }, problem.message)
}
