import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { atEnd } from '../../tests/support/at-end.ts'

export type LoopProbe = {
  /** What the process is started with. */
  env: Record<string, string>
  /** Since it was last asked. */
  read(): Promise<{ mostMs: number; p99Ms: number }>
}

/** Looks at the event loop of one process from outside: see loop-probe.mjs, which is loaded into it. */
export async function startLoopProbe(): Promise<LoopProbe> {
  const server = createServer()
  const connected = once(server, 'connection').then(([socket]) => (socket as Socket).setEncoding('utf8'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  atEnd(async () => {
    server.close()
    void connected.then((socket) => socket.destroy())
  })
  return {
    env: {
      NODE_OPTIONS: `--import ${new URL('./loop-probe.mjs', import.meta.url).href}`,
      BENCH_PROBE: String(typeof address === 'object' ? address?.port : ''),
    },
    async read() {
      const socket = await connected
      socket.write('?')
      const [told] = await once(socket, 'data')
      return JSON.parse(String(told))
    },
  }
}
