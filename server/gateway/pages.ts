import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import next from 'next'
import type { Logger } from '../logger.ts'

/** The pages that links of text messages open, for a delivery that is none: who opens such a link waits for nothing else. */
const OPENED_BY_LINKS = ['/track/preload', '/rider/preload']

export type Pages = {
  /** Loads what Next would load as the first visitor asks for it: half a second and more of the processor. */
  preload(): Promise<void>
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
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch((err: unknown) => {
      logger.error({ err, path: request.url }, 'A page failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  }
  return {
    // By a door of its own, for a moment: the gateway's is not open yet, and would count and log these as visits.
    async preload() {
      const door = createServer(answer)
      try {
        await once(door.listen(0, '127.0.0.1'), 'listening')
        const { port } = door.address() as AddressInfo
        for (const path of OPENED_BY_LINKS) await (await fetch(`http://127.0.0.1:${port}${path}`)).text()
      } catch (err) {
        logger.warn({ err }, 'Pages could not be loaded ahead: their first visitor waits for that')
      } finally {
        door.close()
        door.closeAllConnections()
      }
    },
    handle: answer,
    upgrade(request, socket, head) {
      httpServer.emit('upgrade', request, socket, head)
    },
    close: () => app.close(),
  }
}
