import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Upgrade } from '../listen.ts'
import type { Log } from '../log.ts'
import { ProblemError } from './problem-error.ts'
import { toProblemError } from './problem-response.ts'
import type { RateLimiter } from './rate-limit.ts'

type Dependencies = {
  /** By the start of the path. */
  lanes: Readonly<Record<string, Upgrade>>
  addressLimit: RateLimiter
  clientAddress: (request: IncomingMessage) => string
  log: Log
}

/** Where every socket enters: under the same limit as the requests, and only to where somebody listens. */
export function createUpgradeEntry({ lanes, addressLimit, clientAddress, log }: Dependencies): Upgrade {
  return (request, socket, head) => {
    // Without a listener a reset from the other side would end the process.
    socket.on('error', (err) => log.debug({ err }, 'A socket broke off while it was upgraded'))
    addressLimit.consume(clientAddress(request)).then(
      () => laneOf(request)(request, socket, head),
      (error: unknown) => refuse(socket, toProblemError(error)),
    )
  }

  function laneOf({ url = '' }: IncomingMessage): Upgrade {
    const lane = Object.entries(lanes).find(([start]) => url.startsWith(start))
    return lane
      ? lane[1]
      : (_request, socket) => refuse(socket, new ProblemError('not_found', { detail: 'No socket here.' }))
  }
}

/** There is no ServerResponse for an upgrade: the answer is written by hand. */
function refuse(socket: Duplex, problem: ProblemError): void {
  const headers = Object.entries({ ...problem.headers(), 'Content-Length': '0', Connection: 'close' })
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n`)
}
