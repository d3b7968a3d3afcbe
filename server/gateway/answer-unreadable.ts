import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { ProblemError } from '../ground/problem-error.ts'
import { endWithProblem } from './raw-answer.ts'

/** Answers bytes that Node's parser cannot read: they never become a request, so there is no other answer. */
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
