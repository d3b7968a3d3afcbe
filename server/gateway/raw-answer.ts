import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { PROBLEM_CONTENT_TYPE } from '#contracts/problem.ts'
import type { ProblemError } from '../ground/problem-error.ts'

/** Where there is no ServerResponse, an answer is written by hand; it is the last of its connection. */
export function endWithProblem(socket: Duplex, problem: ProblemError, requestId: string): void {
  const body = JSON.stringify(problem.toProblem(requestId))
  const headers = Object.entries({
    ...problem.headers(),
    'Content-Type': PROBLEM_CONTENT_TYPE,
    'X-Request-Id': requestId,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  })
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
