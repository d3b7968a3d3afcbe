import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { ProblemCode } from '#contracts/problem.ts'
import type { Eta, Snapshot } from '#contracts/snapshot.ts'
import type { LocationMessage, RouteMessage, StatusMessage } from '#contracts/socket.ts'

/** The customer's own connection to the server. It tells nothing about the rider. */
export type Connection = 'connecting' | 'connected' | 'reconnecting' | 'offline' | 'closed'

type Always = {
  connection: Connection
  /** The server's clock as far as known; freshness and remaining minutes are computed with it. */
  nowMs: number
}
type Known = Always & {
  /** When this was known to be so, if an earlier page knew it and the server has not been reached since. */
  keptAtMs?: number
}
export type Live = Known & {
  phase: 'live'
  delivery: Delivery
  /** What the customer tells the rider at the door; null when the order has none. */
  pin: string | null
  /** null when the order has none. */
  shopPhone: string | null
  /** Every location received, ascending by seq, each seq once. Implausible ones are included, so that they leave no gap. */
  held: readonly Location[]
  /** The plausible locations. The marker is at the last one. */
  trail: readonly Location[]
  eta: Eta | null
  /** The location that `eta` was made from: an older one may not replace it. */
  etaSeq: number
  /** Every seq up to here is held or known to be missing for good. null until the history was read once. */
  settledSeq: number | null
}
/** Why a link does not work, as far as known. A link that had worked before was not mistyped: it was replaced. */
export type LinkFault = 'replaced' | 'expired' | 'erased' | 'unknown'
export type TrackingState =
  /** Nothing is known yet. */
  | (Always & { phase: 'opening' })
  /** The link does not work, or not any more. */
  | (Always & { phase: 'refused'; code: ProblemCode; fault: LinkFault })
  /** Before pick-up. There is no place for a location here, on purpose. */
  | (Known & { phase: 'waiting'; delivery: Delivery; pin: string | null; shopPhone: string | null })
  | Live
  /** Delivered, cancelled or failed. There is no place for a location here either. */
  | (Always & { phase: 'ended'; delivery: Delivery })

export type TrackingMessage =
  | { type: 'snapshot'; snapshot: Snapshot }
  /** What an earlier page knew at `seenAtMs`. */
  | { type: 'kept'; snapshot: Snapshot; seenAtMs: number }
  | { type: 'location'; message: LocationMessage }
  | { type: 'status'; message: StatusMessage }
  | { type: 'route'; message: RouteMessage }
  /** One page of history: all that it has after `afterSeq`, up to the last of these. */
  | { type: 'backfill'; afterSeq: number; locations: readonly Location[] }
  /** The history does not have what is missing right after this seq. */
  | { type: 'gap_abandoned'; afterSeq: number }
  | { type: 'connection'; connection: Connection }
  /** `expired`: the token's own time has passed. */
  | { type: 'refused'; code: ProblemCode; expired: boolean }
  | { type: 'tick'; nowMs: number }

export function initialTracking(nowMs: number): TrackingState {
  return { phase: 'opening', connection: 'connecting', nowMs }
}

export function newestOf(state: TrackingState): Location | null {
  return state.phase === 'live' ? (state.trail.at(-1) ?? null) : null
}

/** The seq after which locations are missing that the history should have; null when there is no gap. */
export function missingAfter(state: TrackingState): number | null {
  if (state.phase !== 'live') return null
  if (state.settledSeq === null) return 0
  return (state.held.at(-1)?.seq ?? 0) > state.settledSeq ? state.settledSeq : null
}
