import { execFileSync } from 'node:child_process'

/** The process ids of a process's own children whose command line holds `words`. */
export function childrenOf(pid: number, words: string): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  return rows.flatMap((row) => {
    const [, child, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? []
    return Number(parent) === pid && args?.includes(words) ? [Number(child)] : []
  })
}

/** Dead, though nobody has asked how it ended, counts as not running. */
export function isRunning(pid: number): boolean {
  const state = execFileSync('ps', ['-eo', 'pid=,stat='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .find(([id]) => Number(id) === pid)?.[1]
  return state !== undefined && !state.startsWith('Z')
}
