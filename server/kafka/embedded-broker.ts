import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { endWhenSilent, SILENT_MS } from '../ground/end-when-silent.ts'
import { StartUpError } from '../ground/start-up-error.ts'
import type { Logger } from '../logger.ts'
import { pingBroker } from './ping-broker.ts'

const readySchema = z.object({ type: z.literal('ready'), host: z.string(), port: z.number() })

export type EmbeddedBroker = {
  address: string
  /** Ends the process, by default by asking; it stays down until `start`. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** After a stop: on the same port again. Resolves once it serves, or could not be started and is tried again. */
  start(): Promise<void>
}

const START_WITHIN_MS = 30_000
const STOP_WITHIN_MS = 5_000
const RESTART_AFTER_MS = 500

/**
 * Runs the embedded broker as a child process, and again on the same port should it die or stand still: clients find
 * it where it was. It ends with its parent, also when the parent is killed.
 */
export async function startEmbeddedBroker(
  { dataDir, port, settings }: { dataDir: string; port: number; settings: Record<string, string> },
  logger: Logger,
): Promise<EmbeddedBroker> {
  let stopped = false
  let child: ChildProcess
  let restart: NodeJS.Timeout | null = null

  const launch = async (onPort: number): Promise<number> => {
    child = fork(modulePath(), {
      // Nothing else of the environment: the broker has no use for the app's secrets.
      env: {
        ...settings,
        DATA_DIR: dataDir,
        KAFKA_PORT: String(onPort),
        KAFKA_HOST: '127.0.0.1',
        NODE_ENV: 'production',
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const launched = child
    const ended = new Promise((resolve) => launched.once('exit', resolve))
    const kill = () => launched.kill('SIGKILL')
    const lastWords: string[] = []
    child.stdout?.on('data', (chunk: Buffer) =>
      logger.debug({ broker: chunk.toString().trim() }, 'embedded broker'),
    )
    child.stderr?.on('data', (chunk: Buffer) => {
      const text = chunk.toString().trim()
      lastWords.push(text)
      logger.warn({ broker: text }, 'embedded broker')
    })
    const ready = await untilReady(child, () => lastWords.join('\n'))
    endWhenSilent(
      { ended, kill },
      {
        ping: (signal) => pingBroker(ready, signal),
        onSilent: () =>
          logger.error({ silentMs: SILENT_MS }, 'The embedded broker does not answer; it is ended by force'),
      },
    )
    child.once('exit', (code, signal) => {
      if (stopped) return
      logger.error({ code, signal }, 'The embedded broker died; starting it again')
      relaunch(ready)
    })
    return ready
  }
  const relaunch = (onPort: number): void => {
    if (stopped) return
    restart = setTimeout(() => void launchOrRetry(onPort), RESTART_AFTER_MS)
  }
  const launchOrRetry = async (onPort: number): Promise<void> => {
    try {
      await launch(onPort)
    } catch (err) {
      if (!stopped) logger.error({ err }, 'The embedded broker could not be started again; still trying')
      relaunch(onPort)
    }
  }

  const listening = await launch(port)
  return {
    address: `127.0.0.1:${listening}`,
    async stop(signal) {
      stopped = true
      if (restart) clearTimeout(restart)
      await endOf(child, signal)
    },
    async start() {
      if (!stopped) return
      stopped = false
      await launchOrRetry(listening)
    },
  }
}

/** From sources it is the package; from the bundle, a file beside the bundle. */
function modulePath(): string {
  const bundled = !import.meta.url.endsWith('.ts')
  return fileURLToPath(
    new URL(bundled ? './embedded-kafka.js' : '../../packages/embedded-kafka/src/main.ts', import.meta.url),
  )
}

function untilReady(child: ChildProcess, lastWords: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new StartUpError('The embedded Kafka broker did not start in time.'))
    }, START_WITHIN_MS)
    child.on('message', (message) => {
      const ready = readySchema.safeParse(message)
      if (!ready.success) return
      clearTimeout(deadline)
      resolve(ready.data.port)
    })
    child.once('exit', (code) => {
      clearTimeout(deadline)
      reject(new StartUpError(lastWords() || `The embedded Kafka broker ended with code ${code}.`))
    })
  })
}

async function endOf(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill(signal)
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
  await ended
  clearTimeout(force)
}
