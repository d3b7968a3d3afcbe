/** A stretch without a recorded position. Epoch milliseconds. */
export type Gap = { fromMs: number; toMs: number }

export type UnseenGaps = {
  /** The page is hidden, or seen again. */
  visibility(isHidden: boolean): void
  /** Returns the gap before this position when the page was hidden in it and reports are missing; else null. */
  recorded(atMs: number, intervalMs: number): Gap | null
  /** Nothing is to be recorded: the time until the next position is no gap. */
  rest(): void
}

/** So many reports must be missing before it is worth a word. */
const MISSED_REPORTS = 3
const SHORTEST_MS = 10_000

/**
 * Finds the stretches of which nothing was recorded because the page was hidden: a phone that is locked, or shows another
 * app, gives a page no position (w3c/geolocation #131). A hidden page that goes on recording has none.
 */
export function createUnseenGaps(isHiddenNow: boolean): UnseenGaps {
  let lastMs: number | null = null
  let isHidden = isHiddenNow
  let wasHidden = isHiddenNow
  return {
    visibility(next) {
      isHidden = next
      wasHidden ||= next
    },
    recorded(atMs, intervalMs) {
      const fromMs = lastMs
      const isUnseen = wasHidden
      lastMs = atMs
      wasHidden = isHidden
      if (!isUnseen || fromMs === null) return null
      const shortestMs = Math.max(SHORTEST_MS, MISSED_REPORTS * intervalMs)
      return atMs - fromMs > shortestMs ? { fromMs, toMs: atMs } : null
    },
    rest() {
      lastMs = null
    },
  }
}
