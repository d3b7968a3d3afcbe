import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Processor time that a process has used so far without its children, seconds; to the hundredth, on Linux far finer. */
export function ownCpuSecondsOf(pid: number): number {
  if (process.platform === 'linux') return threadsOf(pid)
  // [[dd-]hh:]mm:ss[.hh]
  const said = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  return said
    .split(/[-:]/)
    .reduce((sum, part, i, { length }) => sum + Number(part) * secondsIn(length - 1 - i), 0)
}

const secondsIn = (place: number): number => [1, 60, 3_600, 86_400][place] ?? Number.NaN

/** Processor time that a process and its children have used so far, seconds, to the hundredth. Linux only: it reads /proc. */
export function cpuSecondsOf(pid: number): number {
  return childrenOf(pid).reduce((sum, child) => sum + cpuSecondsOf(child), statOf(pid))
}

/** As the scheduler counts it, ns; of the threads that live, and those of Node and Go do. */
function threadsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => {
    const path = `/proc/${pid}/task/${thread}/schedstat`
    return existsSync(path) ? sum + Number(readFileSync(path, 'utf8').split(' ')[0]) / 1e9 : sum
  }, 0)
}

function statOf(pid: number): number {
  const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  // Fields 14 and 15 of proc_pid_stat(5), counted from the state, which is the third; USER_HZ is 100.
  return (Number(ticks[11]) + Number(ticks[12])) / 100
}

export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`)
    .flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' '))
    .flatMap((child) => (child === '' ? [] : [Number(child)]))
}
