import type { LogEdges, LogPoint } from '#contracts/inside/time.ts'

/** The most records shown before the delivery's first. */
const MOST_BEFORE = 500

/** Where the axis begins: at the retention cliff if it is near, else at the delivery's first record. */
export function axisStart({ low, firstOffset }: Pick<LogEdges, 'low' | 'firstOffset'>): number {
  return firstOffset - low <= MOST_BEFORE ? low : firstOffset
}

/** The points at or before an offset; `points` ascend. */
export function pointsUpTo(points: readonly LogPoint[], cursor: number): readonly LogPoint[] {
  const after = points.findIndex(({ offset }) => offset > cursor)
  return after < 0 ? points : points.slice(0, after)
}
