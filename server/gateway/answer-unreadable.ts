import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { ProblemError } from '../ground/problem-error.ts'
import { endWithProblem } from './raw-answer.ts'

/** What Node's parser gave up on: no request ever comes of it, so this is the only answer it gets. */
export function answerUnreadable(
  error: NodeJS.ErrnoException,
  socket: Socket,
  requestId: string = randomUUID(),
): void {
  endWithProblem(socket, explain(error), requestId)
  socket.destroySoon()
}

const tooLate = () =>
  new ProblemError('invalid_body', { detail: 'The request did not come to its end in time.', status: 408 })

function explain({ code }: NodeJS.ErrnoException): ProblemError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return tooLate()
  if (code === 'HPE_HEADER_OVERFLOW')
    return new ProblemError('invalid_body', { detail: 'The headers are too large.', status: 431 })
  return new ProblemError('invalid_body', { detail: 'This is not HTTP.' })
}
