import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { atEnd } from './at-end.ts'
import { pollUntil } from './poll-until.ts'

const WRITER = fileURLToPath(new URL('../integration/database-writer.ts', import.meta.url))

export type Writer = {
  child: ChildProcess
  /** The last seq that it has said is committed. */
  lastSeq(): number
  /** Its log, and why it has ended. */
  words(): string
  /** Resolves once it has written so many rows. */
  written(rows: number): Promise<void>
  kill9(): Promise<void>
  exitCode: Promise<number | null>
}

/** A process that writes locations of one delivery into the embedded database in `dataDir`. */
export function startWriter(
  dataDir: string,
  {
    deliveryId = 'd1',
    env = {},
    within = [],
  }: { deliveryId?: string; env?: Record<string, string>; within?: string[] } = {},
): Writer {
  const [command = '', ...args] = [
    ...within,
    process.execPath,
    '--import',
    'tsx',
    WRITER,
    dataDir,
    deliveryId,
  ]
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const kill9 = async () => {
    child.kill('SIGKILL')
    await ended
  }
  atEnd(kill9)
  let said = ''
  let words = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words += text
  })
  // The last line may be cut short by the kill.
  const lastSeq = () => Number(said.split('\n').at(-2) ?? 0)
  return {
    child,
    lastSeq,
    words: () => words,
    kill9,
    exitCode: ended.then(([code]) => code),
    async written(rows) {
      await pollUntil(() => lastSeq() >= rows || child.exitCode !== null, {
        withinMs: 60_000,
        what: `${rows} rows written`,
      })
      if (lastSeq() < rows) throw new Error(`The writer ended:\n${words}`)
    },
  }
}
