import { readFileSync } from 'node:fs'
import { childrenOf } from './cpu.ts'

/** Resident and highest resident memory of a process, MB; NaN where /proc is not to be had. */
export function memoryOf(pid: number | undefined): { rssMb: number; peakMb: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const mb = (name: string) =>
      Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) / 1_024
    return { rssMb: mb('VmRSS'), peakMb: mb('VmHWM') }
  } catch {
    return { rssMb: Number.NaN, peakMb: Number.NaN }
  }
}

/** What a process and all below it take, MB: what several share is counted once (PSS). NaN where /proc is not to be had. */
export function proportionalMbOf(pid: number): number {
  try {
    const kb = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
    return childrenOf(pid).reduce((sum, child) => sum + proportionalMbOf(child), Number(kb) / 1_024)
  } catch {
    return Number.NaN
  }
}
