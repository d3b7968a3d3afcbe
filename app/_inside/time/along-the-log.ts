import type { LogEdges, LogPoint } from '#contracts/inside/time.ts'

/** So much of what lies before the delivery is shown as well. */
const MOST_BEFORE = 500

/** Where the axis begins: at the cliff if it is near, else where the delivery does. */
export function axisStart({ low, firstOffset }: Pick<LogEdges, 'low' | 'firstOffset'>): number {
  return firstOffset - low <= MOST_BEFORE ? low : firstOffset
}

/** Those at or before a place; `points` ascend. */
export function pointsUpTo(points: readonly LogPoint[], cursor: number): readonly LogPoint[] {
  const after = points.findIndex(({ offset }) => offset > cursor)
  return after < 0 ? points : points.slice(0, after)
}
