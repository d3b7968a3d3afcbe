import type { BurstSide } from '#contracts/inside/queue.ts'
import { percentile } from '#domain/percentile.ts'

export type Figures = {
  /** Of the jobs answered without a failure; NaN before the first. */
  p50Ms: number
  p99Ms: number
  held: number
  mostHeld: number
  done: number
  failed: number
  repeated: number
}

export function figuresOf({ asked, answered, failed, done, repeated }: BurstSide): Figures {
  const tookMs = answered.flatMap((atMs, job) =>
    atMs === null || failed.includes(job) ? [] : [atMs - (asked[job] ?? atMs)],
  )
  const open = (atMs: number) =>
    asked.filter((fromMs, job) => {
      const toMs = answered[job] ?? null
      return fromMs !== null && fromMs <= atMs && (toMs === null || toMs > atMs)
    }).length
  return {
    p50Ms: percentile(tookMs, 0.5),
    p99Ms: percentile(tookMs, 0.99),
    held: open(Number.POSITIVE_INFINITY),
    // Only a further request can raise it.
    mostHeld: Math.max(0, ...asked.map((atMs) => (atMs === null ? 0 : open(atMs)))),
    done: done.filter((atMs) => atMs !== null).length,
    failed: failed.length,
    repeated,
  }
}
