import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { ProblemError } from './problem-error.ts'
import { endWithProblem } from './raw-answer.ts'

/** For these HTTP has a status of its own, and we no code. */
const BARE: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** What Node's parser gave up on: no request ever comes of it, so this is the only answer it gets. */
export function answerUnreadable({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  const bare = BARE[code]
  if (bare !== undefined) socket.end(`HTTP/1.1 ${bare} ${STATUS_CODES[bare]}\r\nConnection: close\r\n\r\n`)
  else endWithProblem(socket, new ProblemError('invalid_body', { detail: 'This is not HTTP.' }), randomUUID())
  socket.destroySoon()
}
