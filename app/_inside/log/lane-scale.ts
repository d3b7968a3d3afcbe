import type { LogState } from '#contracts/inside/log.ts'

export type LaneView = 'whole' | 'newest'
/** Offsets as per cent of a lane. */
export type LaneScale = { start: number; span: number; at(offset: number): number }

const NEWEST = 60
/** The least number of records across a lane, so that a short log does not look full. */
const LEAST_SPAN = 40

/**
 * `whole`: one scale for all lanes, from just before the oldest record, so that a lane is as long as its log.
 * `newest`: each lane ends at its own end offset, and a record is wide enough to be visible.
 */
export function laneScale(partitions: LogState['partitions'], index: number, view: LaneView): LaneScale {
  const lowest = Math.min(...partitions.map(({ low }) => low))
  const highest = Math.max(...partitions.map(({ high }) => high))
  const high = partitions[index]?.high ?? 0
  const oldest = Math.max(0, lowest - Math.ceil((highest - lowest) / 10))
  const start = view === 'whole' ? oldest : Math.max(0, high - NEWEST)
  const span = view === 'whole' ? Math.max(LEAST_SPAN, (highest - start) * 1.05) : NEWEST * 1.05
  return {
    start,
    span,
    at: (offset) => Math.min(100, Math.max(0, ((offset - start) / span) * 100)),
  }
}
