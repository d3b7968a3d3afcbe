import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Another broker process works in this folder. */
export class DirectoryInUse extends Error {
  constructor(directory: string, pid: number) {
    super(
      `The data directory ${directory} is in use by another broker (process ${pid}). Stop it, or choose another folder with DATA_DIR.`,
    )
    this.name = 'DirectoryInUse'
  }
}

interface Owner {
  readonly pid: number
  /** When that process started: a later process may be given the same pid. */
  readonly startedAt: string
  readonly token: string
}

/**
 * Takes the folder for this process; the returned function gives it back. Node has no flock(2), so the lock is
 * a file that names its owner, and a lock whose owner is gone (kill -9 leaves one) is broken.
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, '.lock')
  const owner: Owner = { pid: process.pid, startedAt: startTimeOf(process.pid), token: randomUUID() }
  const mine = `${path}.${owner.token}`
  writeFileSync(mine, JSON.stringify(owner))
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        linkSync(mine, path) // fails if the name exists: the one atomic step
        break
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 5) throw error
      }
      const holder = readOwner(path)
      if (holder !== undefined && isAlive(holder)) throw new DirectoryInUse(directory, holder.pid)
      breakLock(path, holder, directory)
    }
  } finally {
    rmSync(mine, { force: true })
  }
  return () => {
    if (readOwner(path)?.token === owner.token) rmSync(path, { force: true })
  }
}

/** Moves a stale lock away. Two processes may try at once: what was moved must be what was judged. */
function breakLock(path: string, judged: Owner | undefined, directory: string): void {
  const aside = `${path}.stale-${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch {
    return // the other one was faster; look again
  }
  const moved = readOwner(aside)
  if (moved !== undefined && moved.token !== judged?.token && isAlive(moved)) {
    linkSync(aside, path)
    rmSync(aside, { force: true })
    throw new DirectoryInUse(directory, moved.pid)
  }
  rmSync(aside, { force: true })
}

function readOwner(path: string): Owner | undefined {
  try {
    const value: Partial<Owner> = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value.pid === 'number' ? { startedAt: '', token: '', ...value, pid: value.pid } : undefined
  } catch {
    return undefined // gone meanwhile, or cut short by a crash: either way it protects nothing
  }
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  if (isDefunct(owner.pid)) return false
  const startedAt = startTimeOf(owner.pid)
  return owner.startedAt === '' || startedAt === '' || startedAt === owner.startedAt
}

/** Dead, but kept in the table until its parent asks how it ended (proc(5): state Z); some containers' first process never asks. */
function isDefunct(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.charAt(stat.lastIndexOf(')') + 2) === 'Z'
  } catch {
    return false
  }
}

/** Something that tells two processes with the same pid apart; '' where the system does not say. */
function startTimeOf(pid: number): string {
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // proc(5): field 22 is the start time; the name in field 2 may hold spaces, so count from its ')'.
      return `${boot}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
    }
    if (process.platform === 'win32') return ''
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}
