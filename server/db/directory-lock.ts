import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { StartUpError } from '../ground/start-up-error.ts'
import { isRunning, self } from './process-identity.ts'

const holderSchema = z.object({ pid: z.number().int().positive(), startedAt: z.string().nullable() })

export class DataDirInUseError extends StartUpError {
  readonly pid: number

  constructor(directory: string, pid: number) {
    super(`${directory} is in use by process ${pid}. Stop it, or choose another place with DATA_DIR.`)
    this.pid = pid
  }
}

/**
 * Claims `directory` for this process until the returned function is called, by a file `<directory>.lock` that names
 * the process. PostgreSQL's own lock names its own process, and cannot tell whether the app that started it lives.
 *
 * A lock whose process is gone is taken over, whether it was killed, its id now belongs to another process, or the
 * machine was restarted. Processes in different containers do not see each other: give each a directory of its own.
 */
export function lockDirectory(directory: string): () => void {
  const path = `${directory}.lock`
  const draft = `${path}.${randomUUID()}`
  const mine = JSON.stringify({ ...self(), key: randomUUID() })
  writeFileSync(draft, mine)
  try {
    // Each round takes the lock, meets a process that runs, or clears one dead lock away.
    // A link appears with its content, and fails when the name is taken: nobody reads half a lock.
    while (!succeeds(() => linkSync(draft, path), 'EEXIST')) {
      const found = readIfThere(path)
      if (found === null) continue
      const pid = runningHolder(found)
      if (pid !== null) throw new DataDirInUseError(directory, pid)
      clearAway(path, found)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  return () => {
    if (readIfThere(path) === mine) rmSync(path, { force: true })
  }
}

/** The process that holds the lock, if it runs. What cannot be read was cut short by a power cut: nobody holds that. */
function runningHolder(content: string): number | null {
  try {
    const holder = holderSchema.parse(JSON.parse(content))
    return isRunning(holder) ? holder.pid : null
  } catch {
    return null
  }
}

/** Two processes may find the same dead lock: whoever comes second must not remove the first one's living lock. */
function clearAway(path: string, dead: string): void {
  const aside = `${path}.${randomUUID()}`
  if (!succeeds(() => renameSync(path, aside), 'ENOENT')) return
  if (readIfThere(aside) !== dead) succeeds(() => linkSync(aside, path), 'EEXIST')
  rmSync(aside, { force: true })
}

function readIfThere(path: string): string | null {
  let content: string | null = null
  succeeds(() => {
    content = readFileSync(path, 'utf8')
  }, 'ENOENT')
  return content
}

/** False when `work` fails with this one code; other errors pass through. */
function succeeds(work: () => void, expected: 'EEXIST' | 'ENOENT'): boolean {
  try {
    work()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === expected) return false
    throw error
  }
}
