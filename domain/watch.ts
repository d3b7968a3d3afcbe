import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { Place } from '#contracts/place.ts'
import { NOTICED_TYPES, type NoticedType } from '#contracts/webhook.ts'
import { lastSignMs } from './attention.ts'
import { DELAYED_UNDER_MS } from './freshness.ts'
import { isVisibleToCustomer, isWithin } from './lifecycle.ts'
import { isLocationVisible, type ViewBegins } from './visibility.ts'

/** A delivery that runs, as far as it is watched. */
export type Watched = ViewBegins & {
  id: string
  status: DeliveryStatus
  statusAtMs: number
  createdAtMs: number
  promisedAtMs: number | null
  destination: Pick<Place, 'lat' | 'lng'>
}

/** How often each was told of a delivery. */
export type Told = Record<NoticedType, number>
export const TOLD_NOTHING = Object.fromEntries(NOTICED_TYPES.map((type) => [type, 0])) as Told

/** The `nth` of its type of this delivery: whoever decides it again comes to the same. */
export type Notice = { type: NoticedType; nth: number; atMs: number }

type Known = {
  told: Told
  /** The newest one by number that was believed. */
  lastLocation: Location | null
  nowMs: number
  /** Since when every report of the rider would have been heard; null: some may not have been yet. */
  heardSinceMs: number | null
  nearM: number
}

/**
 * What is to be told of the delivery now. `near` and `late` come once; `silent` and `back` in turns, by the time after which
 * pages and board call a rider silent.
 */
export function noticesOf(delivery: Watched, known: Known): Notice[] {
  const { told, nowMs } = known
  const notices: Notice[] = []
  const notice = (type: NoticedType, atMs = nowMs) => notices.push({ type, nth: told[type] + 1, atMs })
  const { promisedAtMs, createdAtMs } = delivery

  if (told['delivery.late'] === 0 && promisedAtMs !== null && promisedAtMs < nowMs)
    notice('delivery.late', Math.max(promisedAtMs, createdAtMs))
  if (!isVisibleToCustomer(delivery.status)) return notices
  if (told['delivery.near'] === 0 && isNear(delivery, known)) notice('delivery.near')
  const turn = silence(delivery, known)
  if (turn !== null) notice(turn)
  return notices
}

/** By a position that the customer may see: where the rider was before the pick-up says nothing of the order. */
function isNear(delivery: Watched, { lastLocation, nearM }: Known): boolean {
  return (
    lastLocation !== null &&
    isLocationVisible(delivery, lastLocation) &&
    isWithin(lastLocation, delivery.destination, nearM)
  )
}

/** While nothing could be heard of anybody, nobody was silent: that time does not count. */
function silence(
  { statusAtMs }: Watched,
  { told, lastLocation, nowMs, heardSinceMs }: Known,
): 'delivery.silent' | 'delivery.back' | null {
  const signMs = lastSignMs({ lastLocation, statusAtMs })
  if (told['delivery.silent'] > told['delivery.back'])
    return nowMs - signMs < DELAYED_UNDER_MS ? 'delivery.back' : null
  if (heardSinceMs === null) return null
  return nowMs - Math.max(signMs, heardSinceMs) >= DELAYED_UNDER_MS ? 'delivery.silent' : null
}
