import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { ProblemCode } from '#contracts/problem.ts'
import type { Eta, Snapshot } from '#contracts/snapshot.ts'
import type { LocationMessage, StatusMessage } from '#contracts/socket.ts'

/** The customer's own line to the server. Says nothing about the rider. */
export type Connection = 'connecting' | 'connected' | 'reconnecting' | 'offline' | 'closed'

type Always = {
  connection: Connection
  /** The server's clock as far as known: freshness and minutes to go are counted on it. */
  nowMs: number
}
export type Live = Always & {
  phase: 'live'
  delivery: Delivery
  /** Every location that came, ascending by seq, each seq once: those that are not believed as well, whose seqs are no gaps. */
  held: readonly Location[]
  /** The believed ones. The last one is where the marker goes. */
  trail: readonly Location[]
  eta: Eta | null
  /** The location that `eta` was made from: an older one may not replace it. */
  etaSeq: number
  /** No seq up to here is worth asking for: held, or asked for in vain. null until the history was read once. */
  settledSeq: number | null
}
/** What is known of why a link does not work: one that had opened the delivery was whole. */
export type LinkFault = 'replaced' | 'expired' | 'unknown'
export type TrackingState =
  /** Nothing is known yet. */
  | (Always & { phase: 'opening' })
  /** The link does not work, or not any more. */
  | (Always & { phase: 'refused'; code: ProblemCode; fault: LinkFault })
  /** Before pick-up. There is no place for a location here, on purpose. */
  | (Always & { phase: 'waiting'; delivery: Delivery })
  | Live
  /** Delivered or cancelled. There is no place for a location here either. */
  | (Always & { phase: 'ended'; delivery: Delivery })

export type TrackingMessage =
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'location'; message: LocationMessage }
  | { type: 'status'; message: StatusMessage }
  /** One page of history. */
  | { type: 'backfill'; locations: readonly Location[] }
  /** The history was asked in vain for what is missing right after this seq. */
  | { type: 'gap_abandoned'; afterSeq: number }
  | { type: 'connection'; connection: Connection }
  /** `expired`: by the link's own time. */
  | { type: 'refused'; code: ProblemCode; expired: boolean }
  | { type: 'tick'; nowMs: number }

export function initialTracking(nowMs: number): TrackingState {
  return { phase: 'opening', connection: 'connecting', nowMs }
}

export function newestOf(state: TrackingState): Location | null {
  return state.phase === 'live' ? (state.trail.at(-1) ?? null) : null
}

/** After which seq something is missing that the history should have; null when nothing is. */
export function missingAfter(state: TrackingState): number | null {
  if (state.phase !== 'live') return null
  if (state.settledSeq === null) return 0
  return (state.held.at(-1)?.seq ?? 0) > state.settledSeq ? state.settledSeq : null
}
