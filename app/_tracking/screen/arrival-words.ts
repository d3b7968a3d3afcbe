import type { Eta } from '#contracts/snapshot.ts'
import { progressAlongRoute } from '#domain/route.ts'
import type { RiderFreshness } from '../state/rider-freshness.ts'
import { type Live, newestOf } from '../state/tracking-state.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** An estimate farther ahead than this is not credible for a delivery: words are shown instead. */
const LONGEST_RIDE_MS = 24 * HOUR_MS
/** A rider farther than this from the planned route follows another one. */
const FAR_FROM_ROUTE_M = 5_000
/** A position less accurate than this tells little about the remaining way. */
const VAGUE_M = 500
/** More minutes than this are shown as hours. */
const LONGEST_IN_MINUTES = 180

export function clockWords(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

/** The arrival to show, or null. */
export function arrivalOf({ eta, nowMs }: Live): Eta | null {
  return eta && eta.toMs - nowMs < LONGEST_RIDE_MS ? eta : null
}

/** Why no arrival is shown, as far as the page can tell. */
export function noArrivalWords(state: Live): string {
  const newest = newestOf(state)
  if (!newest) return 'The arrival time comes with the rider’s first position.'
  const { route, rider } = state.delivery
  if (progressAlongRoute(route, [newest.lat, newest.lng]).offRouteM > FAR_FROM_ROUTE_M)
    return `The arrival cannot be told right now: ${rider.name || 'the rider'} is far from the planned way.`
  if ((newest.accuracyM ?? 0) > VAGUE_M)
    return 'The arrival cannot be told right now: the rider’s position is not exact enough.'
  return 'The arrival cannot be told right now.'
}

/** The arrival's range as times of day and as minutes from now. An estimate from a lost position is not counted down. */
export function etaWords(
  { fromMs, toMs }: Eta,
  nowMs: number,
  freshness: RiderFreshness,
): { clock: string; left: string; sure: boolean } {
  const [from, to] = [clockWords(fromMs), clockWords(toMs)]
  const earliest = Math.max(0, Math.floor((fromMs - nowMs) / MINUTE_MS))
  const latest = Math.max(0, Math.ceil((toMs - nowMs) / MINUTE_MS))
  const clock = from === to ? from : `${from} – ${to}`
  if (freshness === 'lost' || freshness === 'unknown') return { clock, left: 'as last known', sure: false }
  if (toMs < nowMs) return { clock, left: 'later than expected', sure: false }
  return { clock, left: leftWords(earliest, latest), sure: true }
}

function leftWords(earliest: number, latest: number): string {
  if (latest <= 1) return 'any moment now'
  if (earliest === 0) return `within ${latest} min`
  if (latest > LONGEST_IN_MINUTES) return spanWords(Math.floor(earliest / 60), Math.ceil(latest / 60), 'h')
  return spanWords(earliest, latest, 'min')
}

function spanWords(earliest: number, latest: number, unit: 'min' | 'h'): string {
  return earliest === latest ? `in ${latest} ${unit}` : `in ${earliest}–${latest} ${unit}`
}
