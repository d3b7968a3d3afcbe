import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import next from 'next'
import type { Logger } from '../logger.ts'

export type Pages = {
  handle(request: IncomingMessage, response: ServerResponse): void
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): Promise<void>
}

/**
 * Next, for pages and route files. It gets an http server of its own that never listens: on the real one it would register
 * itself for every upgrade, Socket.IO's among them.
 */
export async function openPages(
  { production, host, port }: { production: boolean; host: string; port: number },
  logger: Logger,
): Promise<Pages> {
  const httpServer = createServer()
  const app = next({ dev: !production, hostname: host, port, httpServer })
  await app.prepare()
  const handle = app.getRequestHandler()
  return {
    handle(request, response) {
      handle(request, response).catch((err: unknown) => {
        logger.error({ err, path: request.url }, 'A page failed')
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
    },
    upgrade(request, socket, head) {
      httpServer.emit('upgrade', request, socket, head)
    },
    close: () => app.close(),
  }
}
