/** GPS counts weeks in ten bits: a receiver that lost count is behind by n × 1,024 weeks (IS-GPS-200, 20.3.3.3.1.1). */
const ROLLOVER_MS = 1_024 * 7 * 86_400_000
const ROLLOVER_SLACK_MS = 86_400_000
/** After a clock was set back, every reading is old and each is later than the last; a cached reading is old only once. */
const STRANGE_READINGS = 3
const STRANGE_FOR_MS = 15_000

export type CaptureTimes = {
  /**
   * When a reading that says `capturedAtMs` was recorded; null when it is older than the newest one. Times are epoch
   * milliseconds of the server's clock.
   */
  judge(capturedAtMs: number, nowMs: number): number | null
}

/** `newestAtMs`: when the newest reading was captured that this page or the server holds; null for none. */
export function createCaptureTimes(createdAtMs: number, newestAtMs: number | null): CaptureTimes {
  let newestMs = newestAtMs
  /** Consecutive readings older than the newest one, each later than the one before. */
  let strange: { count: number; sinceMs: number; lastMs: number } | null = null

  function believe(atMs: number): number {
    newestMs = atMs
    strange = null
    return atMs
  }

  return {
    judge(capturedAtMs, nowMs) {
      if (capturedAtMs > nowMs || isRollover(capturedAtMs, nowMs)) return believe(nowMs)
      // The newest time may itself be wrong: it can stem from before the clock was corrected.
      const isNewer = newestMs === null || capturedAtMs >= Math.min(newestMs, nowMs)
      if (isNewer) return believe(capturedAtMs < createdAtMs ? nowMs : capturedAtMs)
      const goesOn = strange !== null && capturedAtMs > strange.lastMs
      strange = {
        count: goesOn && strange ? strange.count + 1 : 1,
        sinceMs: goesOn && strange ? strange.sinceMs : nowMs,
        lastMs: capturedAtMs,
      }
      const isClock = strange.count >= STRANGE_READINGS && nowMs - strange.sinceMs >= STRANGE_FOR_MS
      return isClock ? believe(nowMs) : null
    },
  }
}

function isRollover(capturedAtMs: number, nowMs: number): boolean {
  const behindMs = nowMs - capturedAtMs
  const times = Math.round(behindMs / ROLLOVER_MS)
  return times >= 1 && Math.abs(behindMs - times * ROLLOVER_MS) <= ROLLOVER_SLACK_MS
}
