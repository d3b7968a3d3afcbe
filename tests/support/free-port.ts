import { createServer } from 'node:net'

/**
 * Below the ports that the system itself hands out (from 32768 on Linux, from 49152 elsewhere): between our look and its
 * use, nobody is given one of these for port 0 or for a connection.
 */
const FIRST = 12_000
const COUNT = 20_000
const EACH_PROCESS = 20

let taken = 0

/** For what must be given a port before it starts; everything else takes port 0. Never the same one twice in a process. */
export async function freePort(): Promise<number> {
  for (;;) {
    // Test workers that run side by side begin at different places.
    const port = FIRST + ((process.pid * EACH_PROCESS + taken++) % COUNT)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
