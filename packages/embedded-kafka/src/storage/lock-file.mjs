// The one lock of the project: of the log's folder, of the embedded PostgreSQL's, and of the set-up. JavaScript, because
// the set-up runs before anything that could read TypeScript is installed.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'

/** Another process holds the lock. */
export class LockHeld extends Error {
  /** @param {string} path @param {number} pid */
  constructor(path, pid) {
    super(`${path} is held by process ${pid}`)
    this.name = 'LockHeld'
    this.pid = pid
  }
}

/** The lock is the copy of one: it was made while somebody worked there, and so was the copy of everything beside it. */
export class LockCopied extends Error {
  /** @param {string} path */
  constructor(path) {
    super(`${path} is a copy`)
    this.name = 'LockCopied'
  }
}

/**
 * Takes the lock file at `path` for this process; the returned function gives it back. Node has no flock(2), so the file
 * names its holder: its process id and, since ids come again, the moment that process started.
 *
 * A lock whose process is gone is taken over, whether it was killed, its id now belongs to another process, or the
 * machine was restarted. Processes in different containers do not see each other: give each a folder of its own.
 *
 * It also names its own inode: a copy has another one, a file that was moved, or is seen in a snapshot of the disk, the same.
 *
 * @param {string} path
 * @param {{ refuseCopies?: boolean }} [options] A copy of a lock is taken over, unless it says that what lies beside it is no good.
 * @returns {() => void}
 * @throws {LockHeld} @throws {LockCopied}
 */
export function takeLock(path, { refuseCopies = false } = {}) {
  const draft = `${path}.${randomUUID()}`
  const holder = { pid: process.pid, startedAt: startOf(process.pid), key: randomUUID() }
  writeFileSync(draft, '')
  const mine = JSON.stringify({ ...holder, inode: statSync(draft).ino })
  writeFileSync(draft, mine)
  try {
    // Each round takes the lock, meets a process that runs, or clears one dead lock away.
    // A link appears with its content, and fails when the name is taken: half a lock is never read.
    while (!succeeds(() => linkSync(draft, path), 'EEXIST')) {
      const found = readIfThere(path)
      if (found === null) continue
      if (refuseCopies && isCopy(path, found)) throw new LockCopied(path)
      const pid = runningHolder(found)
      if (pid !== null) throw new LockHeld(path, pid)
      clearAway(path, found)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  return () => {
    if (readIfThere(path) === mine) rmSync(path, { force: true })
  }
}

/**
 * The process that holds the lock, if it runs. What cannot be read was cut short by a power cut, and holds nothing.
 * @param {string} content
 */
function runningHolder(content) {
  try {
    const { pid, startedAt } = JSON.parse(content)
    return Number.isInteger(pid) && pid > 0 && isRunning(pid, startedAt) ? Number(pid) : null
  } catch {
    return null
  }
}

/**
 * Whether the file that was found is another one than that which was written. What has changed meanwhile is looked at again.
 * @param {string} path @param {string} found
 */
function isCopy(path, found) {
  try {
    const { inode } = JSON.parse(found)
    return typeof inode === 'number' && inode !== statSync(path).ino && readIfThere(path) === found
  } catch {
    return false
  }
}

/**
 * Two processes may find the same dead lock: the second one must not remove the first one's living lock.
 * @param {string} path @param {string} dead
 */
function clearAway(path, dead) {
  const aside = `${path}.${randomUUID()}`
  if (!succeeds(() => renameSync(path, aside), 'ENOENT')) return
  if (readIfThere(aside) !== dead) succeeds(() => linkSync(aside, path), 'EEXIST')
  rmSync(aside, { force: true })
}

/**
 * Whether that very process still runs. Where its start cannot be told (Windows), its id has to do.
 * @param {number} pid @param {unknown} startedAt
 */
function isRunning(pid, startedAt) {
  if (!exists(pid) || isDefunct(pid)) return false
  const started = startOf(pid)
  return !started || !startedAt || started === startedAt
}

/** @param {number} pid */
function exists(pid) {
  // EPERM: it is there, and another user's.
  return succeeds(() => succeeds(() => process.kill(pid, 0), 'EPERM'), 'ESRCH')
}

/**
 * Dead, and kept in the table until its parent asks how it ended (proc(5): state Z). In a container whose first process
 * never asks, that is for ever.
 * @param {number} pid
 */
function isDefunct(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.charAt(stat.lastIndexOf(')') + 2) === 'Z'
  } catch {
    return false
  }
}

/**
 * Boot and start of a process as one text; null when unknown or when it has just gone.
 * @param {number} pid
 */
function startOf(pid) {
  try {
    if (process.platform === 'win32') return null
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // proc(5): field 22 is the start in ticks since boot. Counted from behind the name, which may hold spaces.
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
      return ticks === undefined ? null : `${boot} ${ticks}`
    }
    // ps(1): the start as date and time, so it tells boots apart too.
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

/**
 * @param {string} path
 * @returns {string | null}
 */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/**
 * False when `work` fails with this one code; other errors pass through.
 * @param {() => unknown} work @param {string} expected
 */
function succeeds(work, expected) {
  try {
    work()
    return true
  } catch (error) {
    if (hasCode(error, expected)) return false
    throw error
  }
}

/** @param {unknown} error @param {string} code */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code
}
