import type { DeliveryStatus } from '#contracts/delivery.ts'
import { TOLD_STATUSES, type ToldStatus } from '#contracts/push.ts'

const MINUTE_MS = 60_000
/** So long after it began a status is still news. A phone without network is told when it is back within that time. */
const NEWS_FOR_MS: Record<ToldStatus, number> = {
  picked_up: 30 * MINUTE_MS,
  arriving: 10 * MINUTE_MS,
  delivered: 4 * 60 * MINUTE_MS,
  failed: 4 * 60 * MINUTE_MS,
}
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 5 * MINUTE_MS

export const isTold = (status: DeliveryStatus): status is ToldStatus =>
  (TOLD_STATUSES as readonly DeliveryStatus[]).includes(status)

/** How long a push service may keep the message for a phone that it does not reach, milliseconds; 0 or less: it is no news any more. */
export function newsForMs(status: ToldStatus, atMs: number, nowMs: number): number {
  return atMs + NEWS_FOR_MS[status] - nowMs
}

/**
 * How long to wait after the `tries`-th try that came to nothing: 2 s, 4 s, … 5 min, by ±50 %, so that the messages of a
 * crowd do not all come again at once. A push service that says when to come back (`Retry-After`) is obeyed.
 */
export function waitBeforeTryMs(tries: number, random: () => number, retryAfterMs = 0): number {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS) * (0.5 + random())
  return Math.round(Math.max(wait, retryAfterMs))
}
