import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import { eastDeg } from './geometry.ts'
import { isEnded, isVisibleToCustomer } from './lifecycle.ts'

type Spot = Pick<Location, 'lat' | 'lng'>

/** Whether a customer looks on. `unknown`: not through this instance, which does not know of the others' customers. */
export type Watched = 'yes' | 'no' | 'unknown'

export const OFTEN_MS = 3_000
/** A customer who opens the page meanwhile still finds the position live (`LIVE_UNDER_MS`), the network's time included. */
export const SELDOM_MS = 10_000
/** A minute on a motorbike: time to come to the higher rate before the server decides `arriving`. */
const NEAR_WITHIN_DEG = 500 / 111_195
const RADIANS_PER_DEG = Math.PI / 180

/**
 * In how many milliseconds the rider's next report is wanted; undefined: as the device itself sees fit. Every post of a
 * rider comes here: nothing is allocated.
 */
export function nextReportMs(
  { status, destination }: Pick<Delivery, 'status' | 'destination'>,
  newest: Spot | null,
  watched: Watched,
): number | undefined {
  if (isEnded(status)) return undefined
  // No customer may see yet where the rider is.
  if (!isVisibleToCustomer(status)) return SELDOM_MS
  if (watched === 'yes' || (newest !== null && isNear(newest, destination))) return OFTEN_MS
  return watched === 'no' ? SELDOM_MS : undefined
}

/** On a plane around the reading. */
function isNear({ lat, lng }: Spot, door: Spot): boolean {
  const northDeg = door.lat - lat
  const asEastDeg = eastDeg(lng, door.lng) * Math.cos(lat * RADIANS_PER_DEG)
  return northDeg * northDeg + asEastDeg * asEastDeg <= NEAR_WITHIN_DEG * NEAR_WITHIN_DEG
}
