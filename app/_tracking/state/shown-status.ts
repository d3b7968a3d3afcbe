import type { Delivery, DeliveryStatus } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { Place } from '#contracts/place.ts'
import { distanceM } from '#domain/geometry.ts'
import { isArriving } from '#domain/lifecycle.ts'
import type { TrackingState } from './tracking-state.ts'

/** Farther from the door than this, beyond the position's accuracy, the rider has left again. */
const AWAY_BEYOND_M = 300

/**
 * The status that the page shows. A delivery stays `arriving` once it was, but the rider may leave again: the page then
 * shows `picked_up` until the rider is near. Derived from the trail alone, so that a reload shows the same.
 */
export function shownStatus(state: TrackingState & { delivery: Delivery }): DeliveryStatus {
  const { status, destination } = state.delivery
  if (state.phase !== 'live' || status !== 'arriving') return status
  return hasGoneAway(state.trail, destination) ? 'picked_up' : 'arriving'
}

/** The newest position that is clearly near or clearly away decides; others change nothing. */
function hasGoneAway(trail: readonly Location[], destination: Place): boolean {
  const decisive = trail.findLast(
    (location) => isArriving(location, destination) || isAway(location, destination),
  )
  return decisive !== undefined && isAway(decisive, destination)
}

function isAway({ lat, lng, accuracyM = 0 }: Location, destination: Place): boolean {
  return distanceM([lat, lng], [destination.lat, destination.lng]) - accuracyM > AWAY_BEYOND_M
}
