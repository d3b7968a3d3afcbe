import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const RIDERS = 30
const LASTS_MS = 15 * 60_000
/** The riders give themselves 3 s to give back what they carry. */
const STOP_WITHIN_MS = 5_000

export type Evening = { riders: number; untilMs: number }
export type BusyEvening = {
  /** Begins one, or returns the one that goes on: there is one at a time. */
  start(): Evening
  close(): Promise<void>
}

/** Simulated riders for the board, as a process of their own that knows nothing but the public API. It ends by itself. Undefined outside the demo. */
export function createBusyEvening({
  config: { host, demo },
  port,
  logger,
  now,
}: {
  /** Where the app listens, and whether it is the demo. */
  config: { host: string; demo: boolean }
  port: number
  logger: { warn(fields: { said: string }, message: string): void }
  now: () => number
}): BusyEvening | undefined {
  if (!demo) return undefined
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const gatewayUrl = `http://${isEverywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`
  let running: { evening: Evening; child: ChildProcess; timer: NodeJS.Timeout } | null = null

  return {
    start() {
      if (running) return running.evening
      const child = fork(modulePath(), [], {
        // Nothing else of the environment: the riders have no use for the app's secrets.
        env: {
          GATEWAY_URL: gatewayUrl,
          RIDERS: String(RIDERS),
          INTERVAL_MS: '5000',
          EVENING: '1',
          NODE_ENV: 'production',
        },
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      })
      child.stderr?.on('data', (chunk: Buffer) =>
        logger.warn({ said: chunk.toString().trim() }, 'A simulated rider'),
      )
      const timer = setTimeout(() => child.kill('SIGTERM'), LASTS_MS)
      timer.unref()
      const started = { evening: { riders: RIDERS, untilMs: now() + LASTS_MS }, child, timer }
      running = started
      child.once('exit', () => {
        clearTimeout(timer)
        if (running === started) running = null
      })
      return started.evening
    },
    async close() {
      if (!running) return
      const { child } = running
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
      await ended
      clearTimeout(force)
    },
  }
}

/** From sources it is a file beside this one; from the bundle, one beside the bundle. */
function modulePath(): string {
  const bundled = !import.meta.url.endsWith('.ts')
  return fileURLToPath(new URL(bundled ? './simulate-riders.js' : './simulate-riders.ts', import.meta.url))
}
