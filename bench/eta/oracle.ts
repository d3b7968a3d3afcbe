import type { Shown } from './judge.ts'
import type { Moment } from './rider.ts'

/** Shorter standstills belong to riding. */
const HALT_FROM_MS = 20_000

/**
 * The best that could be shown: by somebody who knows the whole ride to the second, but of a halt only once it has begun.
 * Beyond that score nobody gets who does not see into the future.
 */
export function byOracle(moments: readonly Moment[], shown: readonly Shown[], startMs: number): Shown[] {
  const halts = haltsOf(moments)
  return shown.map(({ atMs, arrivedMs }) => {
    const unknownMs = halts
      .filter(({ fromMs }) => startMs + fromMs > atMs)
      .reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
    const middleMs = arrivedMs - unknownMs
    return { atMs, arrivedMs, eta: { fromMs: middleMs, toMs: middleMs } }
  })
}

function haltsOf(moments: readonly Moment[]): { fromMs: number; toMs: number }[] {
  const halts: { fromMs: number; toMs: number }[] = []
  let fromMs: number | null = null
  for (const { ms, mps } of moments) {
    if (mps === 0) fromMs ??= ms
    else if (fromMs !== null) {
      if (ms - fromMs >= HALT_FROM_MS) halts.push({ fromMs, toMs: ms })
      fromMs = null
    }
  }
  return halts
}
