import type { RequestListener } from 'node:http'
import { PROBLEM_CONTENT_TYPE } from '#contracts/problem.ts'
import { sendAnswer } from '../ground/answer.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { requestIdFrom } from '../ground/request-id.ts'
import { securityHeaders } from './security-headers.ts'

/** Until everything serves: alive, so that no orchestrator ends the process while it starts, and not ready for anything. */
export const starting: RequestListener = (request, response) => {
  const requestId = requestIdFrom(request.headers['x-request-id'])
  const first = ['X-Request-Id', requestId, ...securityHeaders({ secure: false })]
  const path = request.url?.split('?', 1)[0]
  if (path === '/healthz') return sendAnswer({ status: 200, body: { status: 'alive' } }, response, first)
  const problem = new ProblemError('log_unavailable', {
    detail: 'The app is starting; come again in a moment.',
    retryAfterMs: 1_000,
  })
  const { status } = problem
  const headers = problem.headers()
  if (path === '/readyz') return sendAnswer({ status, body: { ready: false }, headers }, response, first)
  const body = problem.toProblem(requestId)
  sendAnswer({ status, body, headers: { ...headers, 'Content-Type': PROBLEM_CONTENT_TYPE } }, response, first)
}
