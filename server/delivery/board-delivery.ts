import type { BoardDelivery } from '#contracts/dispatch.ts'
import { OFF_WAY_M } from '#domain/attention.ts'
import { isVisibleToCustomer } from '#domain/lifecycle.ts'
import { follow } from '#domain/ride-progress.ts'
import { isOffRoute } from '#domain/way-to-go.ts'
import type { LiveDelivery } from './live-deliveries.ts'
import { wayOf } from './ride-so-far.ts'
import { estimateEta } from './snapshot.ts'
import { summaryOf } from './summarise.ts'

/** A running delivery as dispatch sees it: the rider's place from the start on, and how far that is off the way. */
export function boardDelivery(live: LiveDelivery, nowMs: number): BoardDelivery {
  const lastLocation = live.recent.believed
  const summary = summaryOf(live.record, lastLocation, estimateEta(live, lastLocation, nowMs))
  const offRouteM = offRouteOf(live, summary)
  return offRouteM === null ? summary : { ...summary, offRouteM }
}

function offRouteOf(
  { record, progress }: LiveDelivery,
  { status, lastLocation }: Pick<BoardDelivery, 'status' | 'lastLocation'>,
): number | null {
  if (lastLocation === null || !isVisibleToCustomer(status)) return null
  // Streets lead away from a straight line.
  if (!record.delivery.routed) return null
  const followed = follow(progress, wayOf(record), lastLocation)
  if (followed === null || followed.offRouteM < OFF_WAY_M) return null
  // A reading that is itself only known to within so much says nothing of a detour.
  return isOffRoute(lastLocation.accuracyM, followed.offRouteM) ? Math.round(followed.offRouteM) : null
}
