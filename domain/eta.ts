import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import type { Eta } from '#contracts/snapshot.ts'
import { progressAlongRoute } from './route.ts'

/** A two-wheeler through a city with its lights: about 20 km/h from door to door. */
export const CITY_SPEED_MPS = 5.5
const SLOWEST_MPS = 2
const FASTEST_MPS = 14
/** How much the rider's own recent speed counts against the city's. */
const RECENT_WEIGHT = 0.6
const EARLY_FACTOR = 0.85
const LATE_FACTOR = 1.35
/** Parking, the door, the lift: does not shrink with the distance. */
const AT_THE_DOOR_MS = 30_000

export type EtaInput = {
  /** Ends at the destination. Of an empty route nothing is known to be left. */
  route: LatLng[]
  location: Location
  nowMs: number
  /** Over the last minute or so, not of one reading; leave out when unknown. */
  recentSpeedMps?: number | null | undefined
}

/**
 * When the rider may be expected, as a range:
 *
 *     travel = (off-route + remaining) / speed
 *     from   = max(now, recorded + 0.85 × travel)     the rider went on since the reading, and it goes well
 *     to     = now + 1.35 × travel + 30 s             the rider stood still since the reading, and it goes badly
 *     speed  = 0.6 × recent + 0.4 × 5.5 m/s, within 2…14 m/s
 *
 * Reasons. The recent speed says how this rider rides now, but a red light would make it 0, so the city's average pulls
 * it back. Error grows with the way still to go, so both ends are factors; delays are longer than luck, so the late one
 * is further out. An old reading widens the range by its age by itself. Off the route, the straight way back to it
 * comes on top.
 */
export function estimateArrival({ route, location, nowMs, recentSpeedMps }: EtaInput): Eta {
  const { offRouteM, remainingM } = progressAlongRoute(route, [location.lat, location.lng])
  const travelMs = ((offRouteM + remainingM) / speedMps(recentSpeedMps)) * 1_000
  // A device's clock that runs ahead must not postpone the arrival.
  const recordedAtMs = Math.min(location.recordedAtMs, nowMs)
  return {
    fromMs: Math.max(nowMs, Math.round(recordedAtMs + EARLY_FACTOR * travelMs)),
    toMs: Math.round(nowMs + LATE_FACTOR * travelMs + AT_THE_DOOR_MS),
  }
}

function speedMps(recentMps: number | null | undefined): number {
  const known = recentMps !== null && recentMps !== undefined && Number.isFinite(recentMps)
  const blended = known ? RECENT_WEIGHT * recentMps + (1 - RECENT_WEIGHT) * CITY_SPEED_MPS : CITY_SPEED_MPS
  return Math.min(Math.max(blended, SLOWEST_MPS), FASTEST_MPS)
}
