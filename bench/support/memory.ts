import { readFileSync } from 'node:fs'

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
