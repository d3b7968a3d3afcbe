import type { Location } from '#contracts/location.ts'
import type { Role } from '#contracts/role.ts'
import type { Eta, Snapshot } from '#contracts/snapshot.ts'
import { estimateArrival } from '#domain/eta.ts'
import { isEnded, isVisibleToCustomer } from '#domain/lifecycle.ts'
import { isLocationVisible } from '#domain/visibility.ts'
import type { LiveDelivery } from './live-deliveries.ts'

/** Speeds of so many last points make the recent speed: half a minute at the usual interval. */
const SPEED_OVER_POINTS = 6

/** All that a page of this role needs to draw itself. A customer's holds nothing of the rider's whereabouts before pick-up. */
export function takeSnapshot(live: LiveDelivery, reader: Role, nowMs: number): Snapshot {
  const { record, recent } = live
  const { delivery } = record
  const lastSeq = recent.last?.seq ?? 0
  const hidden = reader === 'customer' && !isVisibleToCustomer(delivery.status)
  if (hidden) return { delivery, lastLocation: null, eta: null, lastSeq: 0 }
  // The end hides the location from everyone; a rider still learns how far the points have come.
  if (isEnded(delivery.status)) return { delivery, lastLocation: null, eta: null, lastSeq }
  const lastLocation = reader === 'customer' ? lastVisible(live) : recent.last
  return { delivery, lastLocation, eta: estimateEta(live, lastLocation, nowMs), lastSeq }
}

/** The newest location, if the customer may see it. */
export function lastVisible({ record, recent }: LiveDelivery): Location | null {
  const visibility = { status: record.delivery.status, visibleFromSeq: record.visibleFromSeq }
  return recent.last && isLocationVisible(visibility, recent.last.seq) ? recent.last : null
}

/** Only a rider who carries the order has an arrival. */
export function estimateEta(
  { record, recent }: LiveDelivery,
  location: Location | null,
  nowMs: number,
): Eta | null {
  if (location === null || !isVisibleToCustomer(record.delivery.status)) return null
  const speeds = recent
    .after(location.seq - SPEED_OVER_POINTS)
    .flatMap(({ speedMps }) => (speedMps === undefined ? [] : [speedMps]))
  const recentSpeedMps =
    speeds.length === 0 ? null : speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length
  return estimateArrival({ route: record.delivery.route, location, nowMs, recentSpeedMps })
}
