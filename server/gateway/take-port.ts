import type { Server } from 'node:http'
import { StartUpError } from '../ground/start-up-error.ts'

/** @throws StartUpError in the operator's words */
export function takePort(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
    server.listen(port, host, () => resolve())
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
