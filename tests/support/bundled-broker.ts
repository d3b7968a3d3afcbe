import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { atEnd } from './at-end.ts'
import { tempDir } from './temp-dir.ts'

export type BundledBroker = {
  address: string
  port: number
  pid: number | undefined
  /** From the start of the process to its readiness. */
  startedInMs: number
  stop(): Promise<void>
  kill9(): Promise<void>
}

/** The embedded broker as the production app runs it: the bundle, in a process of its own. `npm run build` makes it. */
export async function startBundledBroker({
  dataDir = tempDir(),
  port = 0,
  env = {},
}: {
  dataDir?: string
  port?: number
  env?: Record<string, string>
} = {}): Promise<BundledBroker> {
  const started = performance.now()
  const child = fork(fileURLToPath(new URL('../../dist/embedded-kafka.js', import.meta.url)), {
    env: { DATA_DIR: dataDir, KAFKA_PORT: String(port), NODE_ENV: 'production', ...env },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await exited
  }
  atEnd(() => end('SIGKILL'))
  const [ready] = await Promise.race([
    once(child, 'message'),
    exited.then(() => Promise.reject(new Error('The broker ended before it was ready'))),
  ])
  return {
    address: `127.0.0.1:${ready.port}`,
    port: ready.port,
    pid: child.pid,
    startedInMs: performance.now() - started,
    stop: () => end('SIGTERM'),
    kill9: () => end('SIGKILL'),
  }
}
