import { type DeliveryStatus, deliveryStatusSchema } from '#contracts/delivery.ts'
import type { LatLng } from '#contracts/place.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { GpsState } from '../gps/device-gps.ts'
import type { StorageState, Waiting } from '../outbox/outbox.ts'

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
  /** The rider wants positions to be recorded and sent, also while standing. Whether they are, device-words.ts says. */
  sharing: boolean
  /** The simulated rider moves. */
  riding: boolean
  source: 'simulation' | 'device'
  /** How the device's position is to be had; null while the ride is simulated. */
  gps: GpsState | null
  speedFactor: number
  intervalMs: number
  /** Where the rider really is, before noise; null when the device does not say. */
  position: { at: LatLng; headingDeg: number | undefined; tick: number } | null
  atDoor: boolean
  posts: readonly PostLine[]
  /** Points put into a POST at least once. */
  sent: number
  acknowledged: number
  /** Points that the server will never take. */
  unsendable: number
  /** The server's clock when the newest point was captured, and when a point was last acknowledged. */
  recordedAtMs: number | null
  acknowledgedAtMs: number | null
  waiting: Waiting
  storage: StorageState
  /** How sending goes. `offline`: so the device says, and no answer has come since; `turned_away`: an answer, but no yes. */
  sending: 'fine' | 'offline' | 'unreachable' | 'turned_away'
  /** The server takes no more: its code, or null. */
  refused: { code: string; detail: string } | null
  /** Another device rides this delivery: nothing is recorded or sent here. */
  otherDevice: boolean
  /** What just did not work, in words. */
  trouble: string | null
  /** A status is on its way. */
  asking: DeliveryStatus | null
  /** This page goes on with what an earlier one had begun; for the first moments. */
  resumed: boolean
}

/** What of it a reload does not change. */
export type KeptRide = Pick<RiderState, 'sharing' | 'riding' | 'source' | 'speedFactor' | 'intervalMs'>

/** Twice as fast as life and every 5 s: what riders do, without the long wait. */
export function initialRider(status: DeliveryStatus, nowMs: number): RiderState {
  return {
    nowMs,
    status,
    sharing: false,
    riding: false,
    source: 'simulation',
    gps: null,
    speedFactor: 2,
    intervalMs: 5_000,
    position: null,
    atDoor: false,
    posts: [],
    sent: 0,
    acknowledged: 0,
    unsendable: 0,
    recordedAtMs: null,
    acknowledgedAtMs: null,
    waiting: { count: 0, oldestAtMs: null },
    storage: { trouble: null, unreadable: 0 },
    sending: 'fine',
    refused: null,
    otherDevice: false,
    trouble: null,
    asking: null,
    resumed: false,
  }
}

/** A page that was reloaded goes on as it was left: what the rider had stopped stays stopped, and an ended ride ended. */
export function reopenedRider(status: DeliveryStatus, nowMs: number, kept: KeptRide | null): RiderState {
  const fresh = initialRider(status, nowMs)
  if (!kept || isEnded(status)) return fresh
  const { sharing, riding, source, speedFactor, intervalMs } = kept
  return { ...fresh, sharing, riding: sharing && riding, source, speedFactor, intervalMs, resumed: sharing }
}

/** What the next page should know; null when there is nothing to go on with. */
export function keptOf({
  status,
  sharing,
  riding,
  source,
  speedFactor,
  intervalMs,
}: RiderState): KeptRide | null {
  return isEnded(status) ? null : { sharing, riding, source, speedFactor, intervalMs }
}

/** Whether a delivery can only have this status after the other. */
export function isLaterStatus(status: DeliveryStatus, than: DeliveryStatus): boolean {
  const order = deliveryStatusSchema.options
  return !isEnded(than) && order.indexOf(status) > order.indexOf(than)
}
