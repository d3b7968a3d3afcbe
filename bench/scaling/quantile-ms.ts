import type { Reading } from './meter.ts'

/** The quantile of what was emitted between two looks, ms: within its bucket by proportion, as Prometheus has it. */
export function quantileMs(before: Reading, after: Reading, share: number): number {
  const counts = after.emittedWithin.map(
    ([withinS, count], i) => [withinS, count - (before.emittedWithin[i]?.[1] ?? 0)] as const,
  )
  const wanted = share * (counts.at(-1)?.[1] ?? 0)
  let [lowerS, lowerCount] = [0, 0]
  for (const [upperS, count] of counts) {
    if (count >= wanted && Number.isFinite(upperS))
      return 1_000 * (lowerS + ((wanted - lowerCount) / (count - lowerCount)) * (upperS - lowerS))
    ;[lowerS, lowerCount] = [upperS, count]
  }
  return Infinity
}
