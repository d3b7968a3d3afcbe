import type { Server } from 'node:http'
import { StartUpError } from '../ground/start-up-error.ts'

/** A crowd that connects at once waits here; with Node's 511 the rest would try again a second later. The system may allow fewer. */
const MOST_WAITING = 4_096

/** @throws StartUpError in the operator's words */
export function takePort(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
    server.listen({ port, host, backlog: MOST_WAITING }, () => resolve())
  })
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartUpError(
        `Port ${port} is taken by another program. Choose another one, for example PORT=${port + 1} npm run demo`,
      )
    case 'EACCES':
      return new StartUpError(
        `Port ${port} may not be used by this user. Choose one above 1023, for example PORT=3000`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartUpError(
        `HOST=${host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for every network.`,
      )
    default:
      return error
  }
}
