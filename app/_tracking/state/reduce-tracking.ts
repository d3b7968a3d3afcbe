import { type Delivery, type DeliveryStatus, deliveryStatusSchema } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { ProblemCode } from '#contracts/problem.ts'
import type { Eta, Snapshot } from '#contracts/snapshot.ts'
import type { LocationMessage, StatusMessage } from '#contracts/socket.ts'
import { isEnded, isVisibleToCustomer } from '#domain/lifecycle.ts'
import { type Live, missingAfter, type TrackingMessage, type TrackingState } from './tracking-state.ts'
import { mergeTrail, settle } from './trail.ts'

/**
 * What the page knows after one more message. Pure, and indifferent to order: any interleaving of the same messages,
 * with repetitions, ends in the same trail, newest location and status.
 */
export function reduceTracking(state: TrackingState, message: TrackingMessage): TrackingState {
  switch (message.type) {
    case 'snapshot':
      return onSnapshot(state, message.snapshot)
    case 'kept':
      return onKept(state, message)
    case 'location':
      return onLocation(state, message.message)
    case 'status':
      return onStatus(state, message.message)
    case 'route':
      return state.phase === 'live'
        ? { ...state, delivery: { ...state.delivery, ...message.message } }
        : state
    case 'backfill':
      return onBackfill(state, message)
    case 'gap_abandoned':
      return onGapAbandoned(state, message.afterSeq)
    case 'connection':
      return state.connection === message.connection ? state : { ...state, connection: message.connection }
    case 'refused':
      return onRefused(state, message)
    case 'tick':
      return { ...state, nowMs: message.nowMs }
  }
}

function onSnapshot(state: TrackingState, snapshot: Snapshot): TrackingState {
  const { delivery, lastLocation, eta } = snapshot
  const held = 'delivery' in state ? state.delivery : null
  // Another instance may send slightly older news: a delivery's status never goes back.
  const current =
    held && !isAhead(held.status, delivery.status)
      ? { ...held, route: delivery.route, routed: delivery.routed }
      : delivery
  const next = inPhase(state, current, snapshot)
  return lastLocation ? onLocations(next, [lastLocation], eta) : next
}

/** Only for a page that knows nothing else. The server could not be reached, so the page says that it is not connected. */
function onKept(
  state: TrackingState,
  { snapshot, seenAtMs }: { snapshot: Snapshot; seenAtMs: number },
): TrackingState {
  if (state.phase !== 'opening' || isEnded(snapshot.delivery.status)) return state
  const connection = state.connection === 'connecting' ? 'reconnecting' : state.connection
  const next = onSnapshot({ ...state, connection }, snapshot)
  return next.phase === 'live' || next.phase === 'waiting' ? { ...next, keptAtMs: seenAtMs } : next
}

function onStatus(state: TrackingState, { status, atMs }: StatusMessage): TrackingState {
  if (!('delivery' in state) || !isAhead(state.delivery.status, status)) return state
  return inPhase(state, { ...state.delivery, status, statusAtMs: atMs })
}

function onRefused(
  state: TrackingState,
  { code, expired }: { code: ProblemCode; expired: boolean },
): TrackingState {
  const known = 'delivery' in state ? 'replaced' : 'unknown'
  const fault = expired ? 'expired' : code === 'not_found' ? 'erased' : known
  return { phase: 'refused', code, fault, connection: 'closed', nowMs: state.nowMs }
}

/** Locations that arrive before the pick-up is known are not kept: the history is read afterwards. */
function onLocations(state: TrackingState, incoming: readonly Location[], eta?: Eta | null): TrackingState {
  if (state.phase !== 'live') return state
  const own = incoming.filter((location) => location.deliveryId === state.delivery.id)
  const held = mergeTrail(state.held, own)
  const seq = own.filter(isBelieved).at(-1)?.seq ?? 0
  const newer = eta !== undefined && seq >= state.etaSeq && seq > 0
  if (held === state.held && !newer) return state
  const believed = held.filter(isBelieved)
  return {
    ...state,
    held,
    // The same array when nothing was added: the map redraws for a new one.
    trail: believed.length === state.trail.length ? state.trail : believed,
    ...(newer && { eta, etaSeq: seq }),
    settledSeq: state.settledSeq === null ? null : settle(held, state.settledSeq),
  }
}

function onLocation(state: TrackingState, { location, eta, prevSeq }: LocationMessage): TrackingState {
  const next = onLocations(state, [location], eta)
  if (prevSeq === undefined || next.phase !== 'live' || next.settledSeq === null) return next
  // The numbers in between were never given.
  return prevSeq <= next.settledSeq ? settledUpTo(next, location.seq) : next
}

/** What the history leaves out between two of a page is not there; a late point is pushed when it comes. */
function onBackfill(
  state: TrackingState,
  { afterSeq, locations }: { afterSeq: number; locations: readonly Location[] },
): TrackingState {
  const next = onLocations(state, locations)
  if (next.phase !== 'live' || afterSeq > (next.settledSeq ?? afterSeq)) return next
  return settledUpTo(next, locations.at(-1)?.seq ?? 0)
}

function settledUpTo(state: Live, seq: number): Live {
  const settledSeq = settle(state.held, Math.max(state.settledSeq ?? 0, seq))
  return settledSeq === state.settledSeq ? state : { ...state, settledSeq }
}

function onGapAbandoned(state: TrackingState, afterSeq: number): TrackingState {
  if (state.phase !== 'live' || missingAfter(state) !== afterSeq) return state
  const next = state.held.find((location) => location.seq > afterSeq)
  return { ...state, settledSeq: next ? settle(state.held, next.seq - 1) : afterSeq }
}

/** Puts the state into the phase of the delivery's status. Leaving `live` forgets every location. */
function inPhase(
  { connection, nowMs, ...state }: TrackingState,
  delivery: Delivery,
  told: Pick<Snapshot, 'pin' | 'phones'> = {},
): TrackingState {
  const always = { connection, nowMs }
  if (isEnded(delivery.status)) return { phase: 'ended', delivery, ...always }
  const known = 'pin' in state ? state : { pin: null, shopPhone: null }
  const kept = { pin: told.pin ?? known.pin, shopPhone: told.phones?.store ?? known.shopPhone }
  if (!isVisibleToCustomer(delivery.status)) return { phase: 'waiting', delivery, ...kept, ...always }
  if (state.phase === 'live') return { ...state, delivery, ...kept, ...always, keptAtMs: undefined }
  return {
    phase: 'live',
    delivery,
    ...kept,
    ...always,
    held: [],
    trail: [],
    eta: null,
    etaSeq: 0,
    settledSeq: null,
  }
}

const isBelieved = ({ implausible }: Location) => implausible !== true

const ORDER = deliveryStatusSchema.options

/** Whether `to` can follow `from`; the steps in between may have been missed. */
function isAhead(from: DeliveryStatus, to: DeliveryStatus): boolean {
  return !isEnded(from) && ORDER.indexOf(to) > ORDER.indexOf(from)
}
