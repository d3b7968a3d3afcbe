import { execFileSync } from 'node:child_process'

/** The process ids of a process's own children whose command line holds `words`. */
export function childrenOf(pid: number, words: string): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  return rows.flatMap((row) => {
    const [, child, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? []
    return Number(parent) === pid && args?.includes(words) ? [Number(child)] : []
  })
}
