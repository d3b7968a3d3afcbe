import type { Location } from '#contracts/location.ts'

/** Adds locations with new seqs, in order. Returns the same array when there are none. The first copy of a seq stays. */
export function mergeTrail(trail: readonly Location[], incoming: readonly Location[]): readonly Location[] {
  const added = incoming.filter((location) => !holds(trail, location.seq))
  if (added.length === 0) return trail
  const bySeq = new Map(added.reverse().map((location) => [location.seq, location]))
  return [...trail, ...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/** The highest seq that can be reached from `settledSeq` without a gap. */
export function settle(trail: readonly Location[], settledSeq: number): number {
  let settled = settledSeq
  for (let index = firstAfter(trail, settled); trail[index]?.seq === settled + 1; index++) settled++
  return settled
}

function holds(trail: readonly Location[], seq: number): boolean {
  return trail[firstAfter(trail, seq - 1)]?.seq === seq
}

/** Index of the first location with a higher seq. Searches from the end, where new locations nearly always belong. */
function firstAfter(trail: readonly Location[], seq: number): number {
  let index = trail.length
  while (index > 0 && (trail[index - 1]?.seq ?? 0) > seq) index--
  return index
}
