import type { Delivery } from '#contracts/delivery.ts'
import type { Eta } from '#contracts/snapshot.ts'
import { progressAlongRoute } from '#domain/route.ts'
import type { RiderFreshness } from './rider-freshness.ts'
import { shownStatus } from './shown-status.ts'
import { type Connection, type LinkFault, type Live, newestOf, type TrackingState } from './tracking-state.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** An arrival that far ahead is none of a delivery on its way: there are words for it instead. */
const LONGEST_RIDE_MS = 24 * HOUR_MS
/** A rider that far from the planned way follows another one. */
const FAR_FROM_ROUTE_M = 5_000
/** A position known no better than that tells little about the way still to go. */
const VAGUE_M = 500

/** One line for what is going on, and one for what to expect. */
export function headline(state: TrackingState & { delivery: Delivery }): { title: string; detail: string } {
  const { store, destination, rider, status } = state.delivery
  switch (shownStatus(state)) {
    case 'accepted':
      return {
        title: 'Your order is being prepared',
        detail: `${rider.name} will pick it up at ${store.name}. The map goes live then.`,
      }
    case 'picked_up':
      return {
        title: 'On the way to you',
        detail:
          status === 'arriving'
            ? `${rider.name} was close to your door, and is farther away again.`
            : `${rider.name} has picked up your order.`,
      }
    case 'arriving':
      return { title: 'Almost there', detail: `${rider.name} is close to your door.` }
    case 'delivered':
      return { title: 'Delivered. Enjoy!', detail: `Your order has arrived at ${destination.name}.` }
    case 'cancelled':
      return {
        title: 'This delivery was cancelled',
        detail: `Please ask ${store.name} if you did not expect this.`,
      }
  }
}

/** Why the link opens nothing, and what to do. */
export function faultWords(fault: LinkFault): { title: string; detail: string } {
  switch (fault) {
    case 'replaced':
      return {
        title: 'This link has been replaced',
        detail: 'It no longer opens the delivery. Please ask whoever sent it to you for the new one.',
      }
    case 'expired':
      return {
        title: 'This link has expired',
        detail: 'Links work for a day. Please ask for a new one if you still expect a delivery.',
      }
    case 'unknown':
      return {
        title: 'This link does not work',
        detail:
          'It may have been replaced by a new one, or a part of it was lost on the way. Please open it once more exactly as it was sent to you, or ask for a new one.',
      }
  }
}

/** About one's own line to the server, never about the rider. null when there is nothing to say. */
export function connectionWords(connection: Connection): string | null {
  switch (connection) {
    case 'offline':
      return 'You are offline'
    case 'reconnecting':
      return 'Your connection was interrupted. Reconnecting…'
    case 'connecting':
      return 'Connecting…'
    case 'connected':
    case 'closed':
      return null
  }
}

/** What the page is good for while one's own line is down; null before anything was seen. */
export function lastSeenWords(ageMs: number | null): string | null {
  return ageMs === null
    ? null
    : `What you see was true ${agoWords(ageMs)}. It goes on by itself when you are back.`
}

/** About the rider's position, never about one's own connection. */
export function freshnessWords(freshness: RiderFreshness): string {
  switch (freshness) {
    case 'live':
      return 'Live'
    case 'delayed':
      return 'Delayed'
    case 'lost':
      return 'Signal lost'
    case 'unknown':
      return 'Last known'
    case 'none':
      return 'Waiting'
  }
}

/** What an old position means for the reader; null for one that is as it should be. */
export function staleWords(freshness: RiderFreshness, ageMs: number): string | null {
  const silence = agoWords(ageMs).replace(' ago', '')
  switch (freshness) {
    case 'delayed':
      return `The rider’s phone has been silent for ${silence}. Waiting for the next position.`
    case 'lost':
      return `The rider’s phone has been silent for ${silence}. The rider may be elsewhere by now.`
    case 'live':
    case 'unknown':
    case 'none':
      return null
  }
}

export function agoWords(ageMs: number): string {
  const seconds = Math.floor(ageMs / 1_000)
  if (seconds < 1) return 'just now'
  if (seconds < 60) return `${seconds} s ago`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`
}

export function clockWords(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

/** The arrival if it can be told. */
export function arrivalOf({ eta, nowMs }: Live): Eta | null {
  return eta && eta.toMs - nowMs < LONGEST_RIDE_MS ? eta : null
}

/** Why there is no arrival, as far as it can be seen from here. */
export function noArrivalWords(state: Live): string {
  const newest = newestOf(state)
  if (!newest) return 'The arrival time comes with the rider’s first position.'
  const { route, rider } = state.delivery
  if (progressAlongRoute(route, [newest.lat, newest.lng]).offRouteM > FAR_FROM_ROUTE_M)
    return `The arrival cannot be told right now: ${rider.name} is far from the planned way.`
  if ((newest.accuracyM ?? 0) > VAGUE_M)
    return 'The arrival cannot be told right now: the rider’s position is not exact enough.'
  return 'The arrival cannot be told right now.'
}

/** The range of arrival on the clock, and how long that is from now. An estimate from a lost position is not counted down. */
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

/** More minutes than that are read as hours. */
const LONGEST_IN_MINUTES = 180

function spanWords(earliest: number, latest: number, unit: 'min' | 'h'): string {
  return earliest === latest ? `in ${latest} ${unit}` : `in ${earliest}–${latest} ${unit}`
}
