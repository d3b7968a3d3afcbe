import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { Eta, Snapshot } from '#contracts/snapshot.ts'
import { estimateArrival } from '#domain/eta.ts'
import { isEnded, isVisibleToCustomer } from '#domain/lifecycle.ts'
import type { Reader } from '#domain/links.ts'
import { isLocationVisible, type Visibility } from '#domain/visibility.ts'
import type { DeliveryRecord } from '../db/deliveries.ts'
import type { LiveDelivery } from './live-deliveries.ts'
import { wayOf } from './ride-so-far.ts'

/** All that a page of this reader needs to draw itself. A customer's holds nothing of the rider's whereabouts before pick-up. */
export function takeSnapshot(live: LiveDelivery, reader: Reader, nowMs: number): Snapshot {
  return { ...whereabouts(live, reader, nowMs), ...wordsFor(reader, live.record) }
}

function whereabouts(live: LiveDelivery, reader: Reader, nowMs: number): Snapshot {
  const { record, recent } = live
  const delivery = reader === 'customer' ? withoutReason(record.delivery) : record.delivery
  const hidden = reader === 'customer' && !isVisibleToCustomer(delivery.status)
  if (hidden) return { delivery, lastLocation: null, eta: null, lastSeq: 0 }
  // The end hides the location from all but dispatch; a rider still learns how far the points have come.
  if (isEnded(delivery.status) && reader !== 'dispatch')
    return { delivery, lastLocation: null, eta: null, lastSeq: recent.lastSeq }
  const lastLocation = reader === 'customer' ? lastVisible(live) : recent.believed
  const lastSeq = reader === 'customer' ? lastVisibleSeq(live) : recent.lastSeq
  return { delivery, lastLocation, eta: estimateEta(live, lastLocation, nowMs), lastSeq }
}

/** What each is told beside the delivery: who is to be called, and what is asked for at the door. After the end, dispatch alone. */
function wordsFor(
  reader: Reader,
  record: DeliveryRecord,
): Pick<Snapshot, 'note' | 'customer' | 'phones' | 'pin' | 'asksPin'> {
  const { delivery, phones, note, customerName, pin } = record
  if (reader !== 'dispatch' && isEnded(delivery.status)) return {}
  const { store, customer } = phones
  const shop = store === undefined ? {} : { store }
  if (reader === 'customer') return { ...pinOf(record), ...(store !== undefined && { phones: shop }) }
  const seen = reader === 'dispatch' ? phones : { ...shop, ...(customer !== undefined && { customer }) }
  return {
    ...(note !== null && { note }),
    ...(customerName !== '' && { customer: { name: customerName } }),
    ...(Object.keys(seen).length > 0 && { phones: seen }),
    ...(reader === 'rider' && pin !== null && { asksPin: true as const }),
  }
}

/** Why it was cancelled or failed was said to dispatch, in words that are not meant for the customer. */
function withoutReason({ reason: _reason, ...delivery }: Delivery): Delivery {
  return delivery
}

/** What the rider asks for at the door: the customer's page alone shows it, and only until the end. */
export function pinOf({ delivery, pin }: Pick<DeliveryRecord, 'delivery' | 'pin'>): Pick<Snapshot, 'pin'> {
  return pin === null || isEnded(delivery.status) ? {} : { pin }
}

export function visibilityOf({ record }: Pick<LiveDelivery, 'record'>): Visibility {
  const { delivery, visibleFromSeq, visibleSeqTold, pickedUpAtMs } = record
  return { status: delivery.status, visibleFromSeq, visibleSeqTold, pickedUpAtMs }
}

/** The newest place that was believed and that the customer may see. */
export function lastVisible(live: LiveDelivery): Location | null {
  const { believed } = live.recent
  // Nearly always it is the newest; what was captured before the pick-up may have come in after it.
  if (believed === null || isLocationVisible(visibilityOf(live), believed)) return believed
  return visibleOnes(live).findLast(({ implausible }) => !implausible) ?? null
}

/** The highest number that the customer may know of, believed or not. */
function lastVisibleSeq(live: LiveDelivery): number {
  const { last } = live.recent
  if (last === null || isLocationVisible(visibilityOf(live), last)) return last?.seq ?? 0
  return visibleOnes(live).at(-1)?.seq ?? 0
}

function visibleOnes(live: LiveDelivery): Location[] {
  const visibility = visibilityOf(live)
  return live.recent.after(0).filter((location) => isLocationVisible(visibility, location))
}

/** There is an arrival only while the rider carries the order. */
export function estimateEta(
  { record, progress, usual }: LiveDelivery,
  location: Location | null,
  nowMs: number,
): Eta | null {
  if (location === null || !isVisibleToCustomer(record.delivery.status)) return null
  return estimateArrival({ way: wayOf(record), progress, location, nowMs, usual: usual() })
}
