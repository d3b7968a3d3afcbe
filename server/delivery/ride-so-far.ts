import type { Location } from '#contracts/location.ts'
import { afterPoint, type RideProgress } from '#domain/ride-progress.ts'
import { isLocationVisible } from '#domain/visibility.ts'
import type { DeliveryRecord } from '../db/deliveries.ts'

/** Of a ride count the points that its customer may see: they were believed, and captured from pick-up on. */
export function withPoint(
  progress: RideProgress | null,
  record: DeliveryRecord,
  location: Location,
): RideProgress | null {
  const visibility = { ...record, status: record.delivery.status }
  if (location.implausible || !isLocationVisible(visibility, location)) return progress
  return afterPoint(progress, record.delivery.route, location)
}

/** From points that are stored or remembered, some of them twice, in the order in which they came in. */
export function rideSoFar(record: DeliveryRecord, locations: readonly Location[]): RideProgress | null {
  return [...locations]
    .sort((a, b) => a.receivedAtMs - b.receivedAtMs || a.seq - b.seq)
    .reduce<RideProgress | null>((progress, location) => withPoint(progress, record, location), null)
}
