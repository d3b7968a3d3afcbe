import { readdirSync, readFileSync } from 'node:fs'

/** Processor time that a process and its children have used so far, seconds, to the hundredth. Linux only: it reads /proc. */
export function cpuSecondsOf(pid: number): number {
  const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  // Fields 14 and 15 of proc_pid_stat(5), counted from the state, which is the third; USER_HZ is 100.
  const own = (Number(ticks[11]) + Number(ticks[12])) / 100
  return childrenOf(pid).reduce((sum, child) => sum + cpuSecondsOf(child), own)
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`)
    .flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' '))
    .flatMap((child) => (child === '' ? [] : [Number(child)]))
}
