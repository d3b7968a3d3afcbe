/** From when a location was shown, and when it was captured. Both on the server's clock. */
export type Showing = { fromMs: number; recordedAtMs: number }
export type Ages = { nowMs: number; meanMs: number; worstMs: number }

export type AgeMeter = {
  show(showing: Showing): void
  /** The age at this time, and the mean and the worst up to it; null when nothing was shown. */
  read(atMs: number): Ages | null
  /** What was shown since then, in order, beginning with what was shown already. */
  since(fromMs: number): readonly Showing[]
}

/** Older entries are not drawn and are dropped. */
const KEEP_MS = 120_000

/**
 * Measures the age of what is shown: the time since its capture. Between two changes it grows linearly, so mean and worst
 * are exact, however rarely they are read.
 */
export function createAgeMeter(): AgeMeter {
  let showings: Showing[] = []
  let before = { areaMs2: 0, spanMs: 0, worstMs: 0 }

  const upTo = (atMs: number) => {
    const last = showings.at(-1)
    if (!last) return before
    const spanMs = Math.max(0, atMs - last.fromMs)
    const [first, worst] = [last.fromMs - last.recordedAtMs, last.fromMs + spanMs - last.recordedAtMs]
    return {
      areaMs2: before.areaMs2 + ((first + worst) / 2) * spanMs,
      spanMs: before.spanMs + spanMs,
      worstMs: Math.max(before.worstMs, worst),
    }
  }

  return {
    show(showing) {
      before = upTo(showing.fromMs)
      showings = [...showings.filter(({ fromMs }) => fromMs > showing.fromMs - KEEP_MS), showing]
    },
    read(atMs) {
      const last = showings.at(-1)
      if (!last) return null
      const nowMs = Math.max(atMs, last.fromMs) - last.recordedAtMs
      const { areaMs2, spanMs, worstMs } = upTo(atMs)
      return { nowMs, meanMs: spanMs === 0 ? nowMs : areaMs2 / spanMs, worstMs }
    },
    since(fromMs) {
      const first = showings.findLastIndex((showing) => showing.fromMs <= fromMs)
      return showings.slice(Math.max(0, first))
    },
  }
}

/**
 * The ages of several sides as lines over one axis: first the times (ms), each change twice, just before and just after;
 * then each side's ages (ms) at those times, null while it showed nothing.
 */
export function sawTeeth(
  sides: readonly { showings: readonly Showing[]; untilMs: number }[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): (number | null)[][] {
  const switches = sides.flatMap(({ showings, untilMs }) => [...showings.map((each) => each.fromMs), untilMs])
  const changes = [...new Set(switches)].filter((atMs) => atMs > fromMs && atMs < toMs).sort((a, b) => a - b)
  const moments = [fromMs, ...changes.flatMap((atMs) => [atMs, atMs]), toMs]
  const isJustBefore = (index: number) => index % 2 === 1
  const ages = sides.map(({ showings, untilMs }) =>
    moments.map((atMs, index) => {
      const shown = showings.findLast(({ fromMs: from }) =>
        isJustBefore(index) ? from < atMs : from <= atMs,
      )
      return shown && atMs <= untilMs ? atMs - shown.recordedAtMs : null
    }),
  )
  return [moments, ...ages]
}
