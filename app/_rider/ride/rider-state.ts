import type { Text } from '#app/_words/language.ts'
import { type Delivery, type DeliveryStatus, deliveryStatusSchema } from '#contracts/delivery.ts'
import type { ProblemCode } from '#contracts/problem.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { GpsState } from '../gps/device-gps.ts'
import type { Whereabouts } from '../gps/position-source.ts'
import type { StorageState, Waiting } from '../outbox/outbox.ts'
import type { Gap } from './unseen-gap.ts'

export const SPEED_FACTORS = [1, 2, 5, 10] as const
export const INTERVALS_MS = [1_000, 2_000, 5_000] as const
const USUAL_INTERVAL_MS = 5_000

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
  /** The server's clock as far as known: points are stamped and ages computed with it. */
  nowMs: number
  status: DeliveryStatus
  /** The rider wants positions recorded and sent, also while standing. device-words.ts tells whether they are. */
  sharing: boolean
  /** The simulated rider moves. */
  riding: boolean
  source: 'simulation' | 'device'
  /** Whether the device's position is available; null while the ride is simulated. */
  gps: GpsState | null
  speedFactor: number
  /** As chosen here. */
  intervalMs: number
  /** As the server's newest answer asks for; null when it leaves it to this page, or does not answer. */
  askedMs: number | null
  /** Where the rider really is, before noise; null when the device does not say. */
  position: (Pick<Whereabouts, 'at' | 'headingDeg' | 'accuracyM'> & { tick: number }) | null
  atDoor: boolean
  posts: readonly PostLine[]
  /** Points that were in at least one POST. */
  sent: number
  acknowledged: number
  /** Points that the server will never take. */
  unsendable: number
  /** The server's clock when the newest point was captured, and when a point was last acknowledged. */
  recordedAtMs: number | null
  acknowledgedAtMs: number | null
  waiting: Waiting
  storage: StorageState
  /** `offline`: the device says so and no answer has come since; `turned_away`: the server answered with a refusal. */
  sending: 'fine' | 'offline' | 'unreachable' | 'turned_away'
  /** Why the server takes nothing more; null while it does. */
  refused: { code: ProblemCode | null; status: number | null } | null
  /** Another device rides this delivery: nothing is recorded or sent here. */
  otherDevice: boolean
  /** An app on the phone reports, or is about to, with a code that this page was given: no step of the ride shares this page's position. */
  phoneApp: boolean
  /** When the server got its newest position, whoever sent it; known only while an app reports. */
  newestAtMs: number | null
  /** What just failed, in words. */
  trouble: Text | null
  /** Why it was cancelled or not delivered, if that was said. */
  endReason: string | null
  /** What is known of the tries, if the order is handed over for the customer's PIN; else null. */
  pin: PinAsked | null
  /** The status that was sent and is not answered yet. */
  asking: DeliveryStatus | null
  /** Planned anew since the page was opened; null: it is the one that it was opened with. */
  way: Pick<Delivery, 'route' | 'routed'> | null
  /** When the customer may expect the order, server's clock: the middle of what they are shown; null while there is none. */
  arrivalMs: number | null
  /** True at first on a page that continues an earlier page's ride. */
  resumed: boolean
  /** The screen stays on by itself. */
  screenAwake: boolean
  /** The newest stretch of which nothing was recorded because the page was hidden; server's clock. */
  unseen: Gap | null
}

export type PinAsked = {
  triesLeft: number
  /** This device's clock; null while there are tries left. */
  restsUntilMs: number | null
  /** One was tried, and was not the customer's. */
  wrong: boolean
}

/** Before the first try. */
export const PIN_ASKED: PinAsked = { triesLeft: 0, restsUntilMs: null, wrong: false }

/** The part of the state that survives a reload. */
export type KeptRide = Pick<RiderState, 'sharing' | 'riding' | 'source' | 'speedFactor' | 'intervalMs'> & {
  /** Older pages did not keep it. */
  phoneApp?: boolean | undefined
}

/** Twice real speed, a position every 5 s: like a real rider, with a shorter wait. */
export function initialRider(status: DeliveryStatus, nowMs: number): RiderState {
  return {
    nowMs,
    status,
    sharing: false,
    riding: false,
    source: 'simulation',
    gps: null,
    speedFactor: 2,
    intervalMs: USUAL_INTERVAL_MS,
    askedMs: null,
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
    phoneApp: false,
    newestAtMs: null,
    trouble: null,
    endReason: null,
    pin: null,
    asking: null,
    way: null,
    arrivalMs: null,
    resumed: false,
    screenAwake: false,
    unseen: null,
  }
}

/** The state after a reload: settings and movement continue as they were; an ended ride stays ended. */
export function reopenedRider(
  status: DeliveryStatus,
  nowMs: number,
  kept: KeptRide | null,
  firstSource: RiderState['source'],
): RiderState {
  const fresh = { ...initialRider(status, nowMs), source: firstSource }
  if (!kept || isEnded(status)) return fresh
  const { phoneApp = false, sharing, riding, source, speedFactor, intervalMs } = kept
  return {
    ...fresh,
    phoneApp,
    sharing,
    riding: sharing && riding,
    source,
    speedFactor,
    intervalMs,
    resumed: sharing,
  }
}

/** The settings to keep for the next page; null once the delivery has ended. */
export function keptOf({
  status,
  phoneApp,
  sharing,
  riding,
  source,
  speedFactor,
  intervalMs,
}: RiderState): KeptRide | null {
  return isEnded(status) ? null : { phoneApp, sharing, riding, source, speedFactor, intervalMs }
}

/** An app on the phone reports, or has been set up to; this page records nothing. */
export function isReportedByApp({ phoneApp, sharing }: Pick<RiderState, 'phoneApp' | 'sharing'>): boolean {
  return phoneApp && !sharing
}

/**
 * How often a position is recorded. A device does as the server asks, or oftener if that was chosen here; a simulated rider
 * is set.
 */
export function reportEveryMs({
  source,
  askedMs,
  intervalMs,
}: Pick<RiderState, 'source' | 'askedMs' | 'intervalMs'>): number {
  if (source !== 'device' || askedMs === null) return intervalMs
  return intervalMs < USUAL_INTERVAL_MS ? Math.min(intervalMs, askedMs) : askedMs
}

/** Whether `status` comes after `than` in a delivery's life. */
export function isLaterStatus(status: DeliveryStatus, than: DeliveryStatus): boolean {
  const order = deliveryStatusSchema.options
  return !isEnded(than) && order.indexOf(status) > order.indexOf(than)
}
