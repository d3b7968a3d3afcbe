import type { Eta } from '#contracts/snapshot.ts'

/** What was shown, and what came: all epoch milliseconds. */
export type Shown = { atMs: number; eta: Eta | null; arrivedMs: number }
export type Verdict = {
  /** Share of what was shown that is accurate, averaged over the buckets that have data; 0…1. */
  score: number
  buckets: (number | null)[]
  /** Share of the ranges that hold the true arrival, 0…1. */
  coverage: number
  meanWidthMin: number
  /** By the minutes to go, as the buckets. */
  widthsMin: (number | null)[]
  /** How many were shown. */
  count: number
}

/**
 * The ETA Accuracy Benchmark of Transit (github.com/TransitApp/ETA-Accuracy-Benchmark): what is predicted with so much
 * to go is accurate when the vehicle comes no earlier than `early` before it, and no later than `late` after it. The
 * start of a bucket is inside, its end is not; the limits of accuracy are inside.
 */
const BUCKETS = [
  { fromMin: 0, toMin: 3, earlySeconds: 30, lateSeconds: 90 },
  { fromMin: 3, toMin: 6, earlySeconds: 60, lateSeconds: 150 },
  { fromMin: 6, toMin: 10, earlySeconds: 60, lateSeconds: 210 },
  { fromMin: 10, toMin: 15, earlySeconds: 90, lateSeconds: 270 },
] as const

/** Judges the middle of each range by the benchmark, and the range by whether it holds the truth. None shown counts as wrong. */
export function judge(all: readonly Shown[]): Verdict {
  const byMinutesToGo = BUCKETS.map((bucket) => ({
    ...bucket,
    inside: all.filter(({ atMs, arrivedMs }) => {
      const toGoMin = (arrivedMs - atMs) / 60_000
      return toGoMin >= bucket.fromMin && toGoMin < bucket.toMin
    }),
  }))
  const buckets = byMinutesToGo.map(({ inside, earlySeconds, lateSeconds }) => {
    if (inside.length === 0) return null
    const accurate = inside.filter(({ eta, arrivedMs }) => {
      if (!eta) return false
      const lateBySeconds = (arrivedMs - (eta.fromMs + eta.toMs) / 2) / 1_000
      return lateBySeconds >= -earlySeconds && lateBySeconds <= lateSeconds
    })
    return accurate.length / inside.length
  })
  const scores = buckets.filter((score) => score !== null)
  const held = all.filter(({ eta, arrivedMs }) => eta && eta.fromMs <= arrivedMs && arrivedMs <= eta.toMs)
  return {
    score: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    buckets,
    coverage: held.length / all.length,
    meanWidthMin: meanWidthMin(all) ?? Number.NaN,
    widthsMin: byMinutesToGo.map(({ inside }) => meanWidthMin(inside)),
    count: all.length,
  }
}

function meanWidthMin(shown: readonly Shown[]): number | null {
  const ranges = shown.flatMap(({ eta }) => (eta ? [eta] : []))
  if (ranges.length === 0) return null
  return ranges.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) / ranges.length / 60_000
}
