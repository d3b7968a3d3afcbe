/** A GPS receiver counts weeks in ten bits: one that has lost count is a multiple of this behind (IS-GPS-200, 20.3.3.3.1.1). */
const ROLLOVER_MS = 1_024 * 7 * 86_400_000
const ROLLOVER_SLACK_MS = 86_400_000
/** A clock that has been set back goes on from there; a reading out of the device's memory comes once. */
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
  /** Readings in a row that are behind the newest, each ahead of the one before. */
  let strange: { count: number; sinceMs: number; lastMs: number } | null = null

  function believe(atMs: number): number {
    newestMs = atMs
    strange = null
    return atMs
  }

  return {
    judge(capturedAtMs, nowMs) {
      if (capturedAtMs > nowMs || isRollover(capturedAtMs, nowMs)) return believe(nowMs)
      // The newest may be of the time before the clock was put right.
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
