/** Below this a difference may as well be the network and the whole seconds of the `Date` header. */
const NOTABLE_MS = 2_000
/** A `Date` header is cut to whole seconds: half of one is lost on average. */
const HALF_A_SECOND_MS = 500

export type ServerClock = {
  /** The server's time, as far as known; before anything is known, the device's. */
  nowMs(): number
  /** What the server said its time was, in an answer that just came. */
  learn(serverNowMs: number | null): void
}

/** Phones are minutes off more often than one thinks; unchecked that would show a live rider as lost, or a lost one as live. */
export function createServerClock(deviceNowMs: () => number): ServerClock {
  let aheadMs = 0
  return {
    nowMs: () => deviceNowMs() - aheadMs,
    learn(serverNowMs) {
      if (serverNowMs === null) return
      const differenceMs = deviceNowMs() - serverNowMs - HALF_A_SECOND_MS
      aheadMs = Math.abs(differenceMs) < NOTABLE_MS ? 0 : differenceMs
    },
  }
}
