import { memoryOf } from '../../../bench/support/memory.ts'
import { atEnd } from '../../support/at-end.ts'

const LOOK_EVERY_MS = 2_000

export type MemoryWatch = {
  /** The median of a process's resident memory, MB, between two times since the start. */
  medianMb(fromMs: number, toMs: number): number
  stop(): void
}

/** Looks at a process's resident memory all the time; a median of many looks says more than one before or after a collection. */
export function watchMemory(pid: () => number): MemoryWatch {
  const started = performance.now()
  const looks: { atMs: number; mb: number }[] = []
  const timer = setInterval(() => {
    const mb = memoryOf(pid()).rssMb
    if (Number.isFinite(mb)) looks.push({ atMs: performance.now() - started, mb })
  }, LOOK_EVERY_MS)
  const stop = () => clearInterval(timer)
  atEnd(stop)
  return {
    medianMb(fromMs, toMs) {
      const seen = looks.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs).map(({ mb }) => mb)
      return seen.sort((a, b) => a - b)[Math.floor(seen.length / 2)] ?? Number.NaN
    },
    stop,
  }
}
