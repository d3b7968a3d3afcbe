import type { Location } from '#contracts/location.ts'
import { afterPoint, type RideProgress } from '#domain/ride-progress.ts'
import { isLocationVisible } from '#domain/visibility.ts'
import type { Way } from '#domain/way.ts'
import type { DeliveryRecord } from '../db/deliveries.ts'

/**
 * Of a ride count the points that its customer may see: they were believed, and captured from pick-up on. Once the way was
 * planned anew, those from where it starts: of the others it says nothing.
 */
function isOfRide(record: DeliveryRecord, location: Location): boolean {
  if (location.implausible || location.seq < (record.plan.fromSeq ?? 0)) return false
  const { delivery, visibleFromSeq, visibleSeqTold, pickedUpAtMs } = record
  return isLocationVisible(
    { status: delivery.status, visibleFromSeq, visibleSeqTold, pickedUpAtMs },
    location,
  )
}

export function wayOf({ delivery: { route, routed }, plan }: DeliveryRecord): Way {
  return { route, routed, plannedMs: plan.durationMs }
}

export function withPoint(
  progress: RideProgress | null,
  record: DeliveryRecord,
  location: Location,
): RideProgress | null {
  return isOfRide(record, location) ? afterPoint(progress, wayOf(record), location) : progress
}

/** From points that are stored or remembered, some of them twice: each once, in the order in which they came in. */
export function pointsOfRide(record: DeliveryRecord, locations: readonly Location[]): Location[] {
  const bySeq = new Map(locations.map((location) => [location.seq, location]))
  return [...bySeq.values()]
    .filter((location) => isOfRide(record, location))
    .sort((a, b) => a.receivedAtMs - b.receivedAtMs || a.seq - b.seq)
}

export function rideSoFar(record: DeliveryRecord, locations: readonly Location[]): RideProgress | null {
  return pointsOfRide(record, locations).reduce<RideProgress | null>(
    (progress, location) => afterPoint(progress, wayOf(record), location),
    null,
  )
}
