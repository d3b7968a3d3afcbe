import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { codeOf } from './binaries.ts'

const POLL_MS = 20

/**
 * The ids of all processes of the PostgreSQL that works in `data`, also one of another app: its first process, and those
 * that have outlived it. A frozen one that is left keeps its memory attached, and the next PostgreSQL refuses to start.
 */
export function processesOf(data: string): number[] {
  const directory = realPath(data)
  if (directory === null) return []
  if (process.platform === 'linux') return processIds().filter((pid) => worksIn(pid, directory))
  return process.platform === 'win32' ? firstProcess(data).filter(isPostgres) : processesByCommand(directory)
}

/** Ends them, by asking with SIGINT (a fast shutdown) if there is time, then by force. */
export async function endProcessesOf(data: string, askingForMs: number): Promise<void> {
  if (askingForMs > 0) {
    const all = processesOf(data)
    for (const pid of firstProcess(data)) if (all.includes(pid)) signal(pid, 'SIGINT')
    if (await areGone(data, askingForMs)) return
  }
  for (const pid of processesOf(data)) signal(pid, 'SIGKILL')
  await areGone(data, 10_000)
}

/**
 * Removes what a PostgreSQL that was killed has left to keep others out. Its process id may belong to another process by
 * now, or to a defunct one that its parent never collects; PostgreSQL takes either for its predecessor.
 */
export function forgetDeadPostgres(data: string, socket: string | null): void {
  if (socket === null || processesOf(data).length > 0) return
  for (const path of [join(data, 'postmaster.pid'), `${socket}.lock`, socket]) rmSync(path, { force: true })
}

async function areGone(data: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (processesOf(data).length > 0) {
    if (Date.now() > deadline) return false
    await delay(POLL_MS)
  }
  return true
}

/** As PostgreSQL's own lock file names it. */
function firstProcess(data: string): number[] {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
    return Number.isInteger(pid) && pid > 0 ? [pid] : []
  } catch {
    return []
  }
}

const processIds = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)

/** proc(5). All processes of a PostgreSQL work in its directory. Defunct ones have none. */
function worksIn(pid: number, directory: string): boolean {
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`) === directory &&
      readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
    )
  } catch {
    return false
  }
}

/** ps(1): the first process has the directory among its arguments, the others have it for their parent. */
function processesByCommand(directory: string): number[] {
  const rows = execFileSync('ps', ['-axo', 'pid=,ppid=,command='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((row) => {
      const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? []
      return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
    })
  const first = rows.filter(({ command }) => command.includes('postgres -D ') && command.includes(directory))
  const ids = new Set(first.map(({ pid }) => pid))
  return rows.filter(({ pid, parent }) => ids.has(pid) || ids.has(parent)).map(({ pid }) => pid)
}

/** Windows: by the name of the program. */
function isPostgres(pid: number): boolean {
  return execFileSync('tasklist', ['/FI', `PID eq ${pid}`, '/NH'], { encoding: 'utf8' }).includes('postgres')
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (codeOf(error) !== 'ESRCH' && codeOf(error) !== 'EPERM') throw error
  }
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}
