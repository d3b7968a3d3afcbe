import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { appDatabase } from './app-database.ts'
import { appLog } from './app-log.ts'
import { atEnd } from './at-end.ts'
import { tempDir } from './temp-dir.ts'

/** With the end of the line: the port may come in two pieces. */
const READY = /^Ready on (http:\/\/\S+:(\d+))\n/m
/** A first start opens a new database and a new log, on a machine that may be busy with other tests. */
const READY_WITHIN_MS = 90_000
/** The app gives itself 10 s. */
const STOP_WITHIN_MS = 15_000

/** How the image starts it. */
const AS_THE_IMAGE = ['--enable-source-maps', '--max-semi-space-size=32']

export type RunningApp = {
  url: string
  port: number
  pid: number
  dataDir: string
  /** For clients beside the app: where its log is, and what a topic or group of its is called there. */
  broker: string
  inKafka(name: string): string
  /** Everything it has printed. */
  logs(): string
  /** Asks it to stop, and fails unless it ends by itself with exit code 0. May be called again. */
  stop(): Promise<void>
  /** As when the power goes. */
  kill9(): Promise<void>
}

/** Starts the real app, as `npm run demo` would, on a free port. It is stopped at the end, and must stop cleanly. */
export async function startApp({
  env = {},
  dataDir = tempDir(),
  readyWithinMs = READY_WITHIN_MS,
  root = fileURLToPath(new URL('../..', import.meta.url)),
}: {
  env?: Record<string, string>
  dataDir?: string
  readyWithinMs?: number
  /** Where it was built: another version of it has a folder of its own. */
  root?: string
} = {}): Promise<RunningApp> {
  // An empty DATABASE_URL asks for the embedded database.
  const database = env.DATABASE_URL === undefined ? await appDatabase(dataDir) : {}
  const log = await appLog(dataDir)
  const child = spawn(process.execPath, [...AS_THE_IMAGE, 'dist/server.js'], {
    cwd: root,
    env: {
      ...plainEnvironment(),
      DEMO: '1',
      PORT: '0',
      HOST: '127.0.0.1',
      // Most tests open none.
      PRELOAD_PAGES: '0',
      DATA_DIR: dataDir,
      ...database,
      ...log.settings,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'close').then(([code, signal]) => code ?? signal)
  let output = ''
  let announced = false
  let announce: (match: RegExpMatchArray) => void
  const ready = new Promise<RegExpMatchArray>((resolve) => {
    announce = resolve
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      // Once is enough: the log of a crowd is long, and this looks through all of it.
      const match = announced ? null : output.match(READY)
      if (!match) return
      announced = true
      announce(match)
    })
  }

  const killWithUs = () => child.kill('SIGKILL')
  process.once('exit', killWithUs)
  void exited.finally(() => process.off('exit', killWithUs))

  const fail = (what: string) => new Error(`The app ${what}. It printed:\n${output}`)
  let killed = false
  const kill9 = async () => {
    killed = true
    child.kill('SIGKILL')
    await exited
  }
  const stop = async () => {
    if (killed) return
    child.kill('SIGTERM')
    const code = await within(STOP_WITHIN_MS, exited)
    if (code === undefined) await kill9()
    if (code !== 0) throw fail(code === undefined ? 'did not stop' : `ended with ${code}`)
  }
  atEnd(stop)

  const first = await within(readyWithinMs, Promise.race([ready, exited]))
  if (!Array.isArray(first)) {
    await kill9()
    throw fail(first === undefined ? 'was not ready in time' : `ended with ${first} before it was ready`)
  }
  const [, url, port] = first as unknown as [string, string, string]
  return {
    url,
    port: Number(port),
    pid: child.pid as number,
    dataDir,
    broker: log.broker,
    inKafka: log.inKafka,
    logs: () => output,
    stop,
    kill9,
  }
}

/** Nothing of the developer's own settings: a KAFKA_BROKERS or DATABASE_URL would send the tests elsewhere. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, TEMP, SystemRoot, LANG } = process.env
  return { PATH, HOME, TMPDIR, TEMP, SystemRoot, LANG, NODE_ENV: 'production' }
}

/** Answers undefined when the time is up. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined)
  })
  return Promise.race([promise, timeUp]).finally(() => clearTimeout(timer))
}
