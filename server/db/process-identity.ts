import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** A process id alone names different processes over time; with the start it names one. */
export type ProcessIdentity = { pid: number; startedAt: string | null }

export const self = (): ProcessIdentity => ({ pid: process.pid, startedAt: startOf(process.pid) })

/** Whether that very process still runs. Where its start cannot be told (Windows), its id has to do. */
export function isRunning({ pid, startedAt }: ProcessIdentity): boolean {
  if (!exists(pid) || isDefunct(pid)) return false
  const now = startOf(pid)
  return now === null || startedAt === null || now === startedAt
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Dead, and kept in the table until its parent asks how it ended (proc(5): state Z). In a container whose first process
 * asks nobody, that is for ever.
 */
function isDefunct(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.charAt(stat.lastIndexOf(')') + 2) === 'Z'
  } catch {
    return false
  }
}

/** Boot and start of a process as one text; null when unknown or when it has just gone. */
function startOf(pid: number): string | null {
  try {
    if (existsSync('/proc/self/stat')) {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // proc(5): field 22 is the start in ticks since boot. Counted from behind the name, which may hold spaces.
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
      return ticks === undefined ? null : `${boot} ${ticks}`
    }
    if (process.platform === 'win32') return null
    // ps(1): the start as date and time, so it tells boots apart too.
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}
