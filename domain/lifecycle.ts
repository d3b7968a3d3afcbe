import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { Place } from '#contracts/place.ts'
import { distanceM, isFurtherNorthOrSouth } from './geometry.ts'

/** Within this of the destination the server itself turns `picked_up` into `arriving`. */
export const ARRIVING_WITHIN_M = 200

/** How long after the end points are still stored that were recorded before it (a rider who was offline). */
export const LATE_UPLOAD_MS = 3_600_000

export type Transition = 'same' | 'legal' | 'illegal' | 'ended'

export function isEnded(status: DeliveryStatus): boolean {
  return status === 'delivered' || status === 'cancelled' || status === 'failed'
}

/** The statuses in which a customer may see where the rider is. */
export function isVisibleToCustomer(status: DeliveryStatus): boolean {
  return status === 'picked_up' || status === 'arriving'
}

/**
 * What a rider or dispatch may ask for. `arriving` is missing on purpose: the server decides it from the position. To fail,
 * an order has to be on its way: before that it is cancelled.
 */
const RIDER_MAY_ASK = {
  accepted: ['picked_up', 'cancelled'],
  picked_up: ['delivered', 'cancelled', 'failed'],
  arriving: ['delivered', 'cancelled', 'failed'],
  delivered: [],
  cancelled: [],
  failed: [],
} as const satisfies Record<DeliveryStatus, readonly DeliveryStatus[]>

/** Judges a request to go from one status to another. `same` makes a repeated request harmless. */
export function decideTransition(from: DeliveryStatus, to: DeliveryStatus): Transition {
  if (isEnded(from)) return 'ended'
  if (from === to) return 'same'
  const legal: readonly DeliveryStatus[] = RIDER_MAY_ASK[from]
  return legal.includes(to) ? 'legal' : 'illegal'
}

export function isArriving(
  location: Pick<Location, 'lat' | 'lng' | 'accuracyM'>,
  destination: Place,
): boolean {
  return isWithin(location, destination, ARRIVING_WITHIN_M)
}

/** Only by a position that is itself known to within that distance; one without an accuracy is taken at its word. */
export function isWithin(
  location: Pick<Location, 'lat' | 'lng' | 'accuracyM'>,
  destination: Pick<Place, 'lat' | 'lng'>,
  withinM: number,
): boolean {
  const { lat, lng, accuracyM = 0 } = location
  if (!(accuracyM <= withinM) || isFurtherNorthOrSouth(location, destination, withinM)) return false
  return distanceM([lat, lng], [destination.lat, destination.lng]) <= withinM
}

/** Whether a point of a delivery that has ended is still stored: recorded by the end, and sent within the hour after. */
export function isAcceptedAfterEnd(recordedAtMs: number, endedAtMs: number, nowMs: number): boolean {
  return recordedAtMs <= endedAtMs && nowMs <= endedAtMs + LATE_UPLOAD_MS
}
