import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { LatLng } from '#contracts/place.ts'
import type { Waiting } from './outbox.ts'

export const SPEED_FACTORS = [1, 2, 5, 10] as const
export const INTERVALS_MS = [1_000, 2_000, 5_000] as const

/** One line of the list of POSTs. */
export type PostLine = {
  id: number
  /** What was sent: `seq 12`, `seq 12–31`, `picked_up`. */
  what: string
  atMs: number
  tookMs: number
  /** The HTTP status; null for no answer. */
  status: number | null
  /** Why it failed, in one word; null when it did not. */
  problem: string | null
}

export type RiderState = {
  /** The server's clock as far as known: what waits was stamped with it, and ages are counted on it. */
  nowMs: number
  status: DeliveryStatus
  /** Positions are recorded and sent, also of a rider who stands. */
  sharing: boolean
  /** The simulated rider moves. */
  riding: boolean
  source: 'simulation' | 'device'
  speedFactor: number
  intervalMs: number
  /** Where the rider really is, before noise. */
  position: { at: LatLng; headingDeg: number | undefined; tick: number } | null
  atDoor: boolean
  posts: readonly PostLine[]
  /** Points put into a POST at least once. */
  sent: number
  acknowledged: number
  waiting: Waiting
  /** The server takes no more: its code, or null. */
  refused: { code: string; detail: string } | null
  /** What just did not work, in words. */
  trouble: string | null
  /** A status is on its way. */
  asking: DeliveryStatus | null
}

/** Twice as fast as life and every 5 s: what riders do, without the long wait. */
export function initialRider(status: DeliveryStatus, nowMs: number): RiderState {
  return {
    nowMs,
    status,
    sharing: false,
    riding: false,
    source: 'simulation',
    speedFactor: 2,
    intervalMs: 5_000,
    position: null,
    atDoor: false,
    posts: [],
    sent: 0,
    acknowledged: 0,
    waiting: { count: 0, oldestAtMs: null },
    refused: null,
    trouble: null,
    asking: null,
  }
}
