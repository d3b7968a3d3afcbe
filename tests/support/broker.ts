import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { atEnd } from './at-end.ts'
import { tempDir } from './temp-dir.ts'

const BIN = fileURLToPath(new URL('../../packages/embedded-kafka/bin/embedded-kafka.mjs', import.meta.url))
const READY_WITHIN_MS = 60_000

export interface TestBroker {
  readonly host: string
  readonly port: number
  /** host:port, as clients want it. */
  readonly address: string
  readonly pid: number
  readonly dataDir: string
  /** Everything the process has printed so far. */
  output(): string
  /** SIGTERM; resolves with the exit code. The data stays. */
  stop(): Promise<number | null>
  /** SIGKILL; the data stays. */
  kill(): Promise<void>
}

export interface BrokerProcessOptions {
  /** Default: a new temporary folder. */
  readonly dataDir?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the embedded broker as the application does: a child process with an IPC channel, on a free port. It is gone at the end. */
export async function startBroker(options: BrokerProcessOptions = {}): Promise<TestBroker> {
  const dataDir = options.dataDir ?? tempDir()
  const child = spawnBroker({ ...options, dataDir })
  const output = collectOutput(child)
  const { host, port } = await readyMessage(child, output)
  const exited = once(child, 'exit')
  atEnd(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await exited
  })
  const stopWith = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal)
    await exited
    return child.exitCode
  }
  return {
    ...{ host, port, address: `${host}:${port}`, pid: child.pid ?? -1, dataDir, output },
    stop: () => stopWith('SIGTERM'),
    kill: async () => {
      await stopWith('SIGKILL')
    },
  }
}

/** Starts a broker that is expected to refuse; resolves with its exit code and its words. */
export async function runBrokerUntilExit(
  options: BrokerProcessOptions,
): Promise<{ code: number | null; output: string }> {
  const child = spawnBroker({ ...options, dataDir: options.dataDir ?? tempDir() })
  const output = collectOutput(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS)
  const [code] = await once(child, 'close')
  clearTimeout(timer)
  return { code, output: output() }
}

function spawnBroker({ dataDir, env }: BrokerProcessOptions): ChildProcess {
  return spawn(process.execPath, [BIN], {
    env: { ...process.env, KAFKA_PORT: '0', DATA_DIR: dataDir, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

function collectOutput(child: ChildProcess): () => string {
  let text = ''
  const add = (chunk: Buffer) => {
    text += chunk.toString()
  }
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  return () => text
}

function readyMessage(child: ChildProcess, output: () => string): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      child.off('exit', onExit)
      child.off('message', onMessage)
      finish()
    }
    const onExit = () => settle(() => reject(new Error(`the broker did not start:\n${output()}`)))
    const onMessage = (message: unknown) => {
      if (isReady(message)) settle(() => resolve(message))
    }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      settle(() => reject(new Error(`the broker was not ready in ${READY_WITHIN_MS} ms:\n${output()}`)))
    }, READY_WITHIN_MS)
    child.on('exit', onExit)
    child.on('message', onMessage)
  })
}

function isReady(message: unknown): message is { type: 'ready'; host: string; port: number } {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready'
}
