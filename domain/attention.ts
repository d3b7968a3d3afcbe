import type { BoardDelivery } from '#contracts/dispatch.ts'
import { DELAYED_UNDER_MS } from './freshness.ts'
import { isVisibleToCustomer } from './lifecycle.ts'

/** Farther off the planned way than that, a rider is looked after. */
export const OFF_WAY_M = 100

/** What a delivery needs a person for; the first that holds. */
export type Need = 'silent' | 'late' | 'off_way'
/** Whose turn it is: the delivery, what it needs, and since when or how much of it. */
export type Attention =
  | { need: 'silent'; forMs: number }
  | { need: 'late'; byMs: number }
  | { need: 'off_way'; byM: number }
  | null

type Watched = Pick<
  BoardDelivery,
  'id' | 'status' | 'statusAtMs' | 'createdAtMs' | 'promisedAtMs' | 'lastLocation' | 'eta' | 'offRouteM'
>

const RANKS: Record<Need | 'none', number> = { silent: 0, late: 1, off_way: 2, none: 3 }

/** Of a rider who carries an order every report counts; one who is still to fetch it need not report. */
export function attentionOf(delivery: Watched, nowMs: number): Attention {
  const { status, promisedAtMs, eta, offRouteM } = delivery
  const isCarried = isVisibleToCustomer(status)
  const silentMs = nowMs - lastSignMs(delivery)
  if (isCarried && silentMs >= DELAYED_UNDER_MS) return { need: 'silent', forMs: silentMs }
  if (promisedAtMs !== undefined) {
    // Late for certain: the promise has passed, or even the early end of the arrival is after it.
    const byMs = Math.max(nowMs, eta?.fromMs ?? 0) - promisedAtMs
    if (byMs > 0) return { need: 'late', byMs }
  }
  return isCarried && offRouteM !== undefined ? { need: 'off_way', byM: offRouteM } : null
}

/** When the rider was last heard of; the pick-up is a sign of life as well. */
export function lastSignMs({
  lastLocation,
  statusAtMs,
}: Pick<Watched, 'lastLocation' | 'statusAtMs'>): number {
  return Math.max(lastLocation?.receivedAtMs ?? 0, statusAtMs)
}

export type Ranked<T> = { delivery: T; attention: Attention }

/**
 * What needs a person first: silent, late, off the way, then the rest. Within each the oldest trouble comes first, by a
 * time that stands still: so a row moves only when what it needs changes.
 */
export function rankByAttention<T extends Watched>(deliveries: Iterable<T>, nowMs: number): Ranked<T>[] {
  const ranked = Array.from(deliveries, (delivery) => {
    const attention = attentionOf(delivery, nowMs)
    return {
      delivery,
      attention,
      rank: RANKS[attention?.need ?? 'none'],
      sinceMs: sinceMs(delivery, attention),
    }
  })
  ranked.sort((a, b) => a.rank - b.rank || a.sinceMs - b.sinceMs || (a.delivery.id < b.delivery.id ? -1 : 1))
  return ranked.map(({ delivery, attention }) => ({ delivery, attention }))
}

function sinceMs(delivery: Watched, attention: Attention): number {
  if (attention?.need === 'silent') return lastSignMs(delivery)
  if (attention?.need === 'late') return delivery.promisedAtMs ?? 0
  return delivery.createdAtMs
}
