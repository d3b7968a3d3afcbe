import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const LOOPBACK = '127.0.0.1'
const LISTEN_AGAIN_AFTER_MS = 200

type Options = {
  jobMs: number
  /** After this number of jobs it dies, in the middle of the next one. */
  diesAfter: number | null
  /** And is there again after that. */
  backAfterMs: number
  onDone(job: number): void
  onDied(): void
  onBack(): void
}

export type HttpWorker = { url: string; close(): void }

/**
 * A server that does `POST /jobs/<n>` one at a time and answers each when it is done; the others wait with their
 * connections open. When it dies, all of them are cut off. `GET /count` says what it has done, and its connections.
 */
export async function startHttpWorker({
  jobMs,
  diesAfter,
  backAfterMs,
  ...listeners
}: Options): Promise<HttpWorker> {
  let waiting: { job: number; response: ServerResponse }[] = []
  let busy = false
  let worked = 0
  const closing = new AbortController()

  const take = ({ url = '' }: IncomingMessage, response: ServerResponse) => {
    if (url === '/count')
      return server.getConnections((_error, connections) =>
        response.setHeader('connection', 'close').end(JSON.stringify({ worked, connections })),
      )
    waiting.push({ job: Number(url.split('/').at(-1)), response })
    if (!busy) void work()
  }

  let server = createServer(take)
  await listen(server, 0)
  const { port } = server.address() as AddressInfo

  async function work(): Promise<void> {
    busy = true
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { job, response } = next
      // The caller has given up.
      if (response.destroyed) continue
      if (worked === diesAfter) return die()
      await delay(jobMs)
      worked += 1
      listeners.onDone(job)
      response.end()
    }
    busy = false
  }

  async function die(): Promise<void> {
    await delay(jobMs / 2)
    end()
    diesAfter = null
    listeners.onDied()
    await delay(backAfterMs)
    if (!(await listenAgain())) return
    busy = false
    listeners.onBack()
  }

  /** Another process may have taken the port meanwhile. Returns false when closed before the port was free. */
  async function listenAgain(): Promise<boolean> {
    while (!closing.signal.aborted) {
      server = createServer(take)
      const heard = await listen(server, port).then(
        () => true,
        () => false,
      )
      if (heard && !closing.signal.aborted) return true
      end()
      await delay(LISTEN_AGAIN_AFTER_MS)
    }
    return false
  }

  /** Jobs that wait are lost with the process, and their callers see the connection break. */
  function end(): void {
    waiting = []
    server.close()
    server.closeAllConnections()
  }

  return {
    url: `http://${LOOPBACK}:${port}`,
    close() {
      closing.abort()
      end()
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, LOOPBACK, resolve))
}
