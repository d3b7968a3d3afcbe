/** What one answer says: when it was asked for and when it came, on the device's clock, and the server's time in between. */
export type TimeCheck = { askedAtMs: number; answeredAtMs: number; serverAtMs: number }

export type ServerClock = {
  /** The server's time as far as the answers tell; before the first answer, the device's. */
  nowMs(): number
  /** A moment of the device's clock, on the server's. */
  fromDeviceMs(deviceMs: number): number
  /** Call it when a request is sent, and call what it returns with the server's time in the answer (null: none was given). */
  ask(): (serverAtMs: number | null) => void
  /** How far the device's clock is ahead of the server's, as far as known. */
  aheadMs(): number
  /** What an earlier page knew of that, for the time before the first answer. */
  startFrom(aheadMs: number): void
}

/** A `Date` header is cut to whole seconds (RFC 9110 §6.6.1): the server's time was up to that much later. */
const HEADER_STEP_MS = 1_000

/** Phone clocks are often minutes wrong. Uncorrected, a live rider would look lost, or a lost one live. */
export function createServerClock(deviceNowMs: () => number): ServerClock {
  let aheadMs = 0
  let isAnswered = false
  return {
    nowMs: () => deviceNowMs() - aheadMs,
    fromDeviceMs: (deviceMs) => deviceMs - aheadMs,
    ask() {
      const askedAtMs = deviceNowMs()
      return (serverAtMs) => {
        if (serverAtMs === null) return
        isAnswered = true
        aheadMs = deviceAheadMs(aheadMs, { askedAtMs, answeredAtMs: deviceNowMs(), serverAtMs })
      }
    },
    aheadMs: () => aheadMs,
    startFrom(knownMs) {
      if (!isAnswered) aheadMs = knownMs
    },
  }
}

/**
 * How far the device's clock is ahead of the server's, after one more answer (Cristian's algorithm). An answer narrows
 * it down to a range, as wide as the answer was slow. What was known is kept while the range allows for it, so that
 * neither a slow network nor the whole seconds of the header ever move a clock that is right.
 */
export function deviceAheadMs(knownMs: number, { askedAtMs, answeredAtMs, serverAtMs }: TimeCheck): number {
  const leastMs = askedAtMs - serverAtMs - HEADER_STEP_MS
  const mostMs = answeredAtMs - serverAtMs
  // The device's clock was set back while the answer was on its way: the next answer decides.
  if (leastMs > mostMs) return knownMs
  if (leastMs <= knownMs && knownMs <= mostMs) return knownMs
  return Math.round((leastMs + mostMs) / 2)
}
