import type { LatLng } from '#contracts/place.ts'

/** How a rider gets from here to there, as far as it is known. */
export type Way = {
  route: LatLng[]
  /** Whether `route` follows streets; otherwise it is the straight line. */
  routed: boolean
  /** How long a router takes the whole of `route` to last; null without one. */
  plannedMs: number | null
}

/** Streets are longer than the way a crow flies: in the drawn city 1.3 times, and 1.05 to 1.6 for nine ways in ten. */
export const STREETS_PER_CROW = 1.3
/**
 * Of a straight way as much is counted as even short ways are longer: what comes up is counted beside it, and of the rest
 * the range tells. A rider who comes before the told time is worse than one who comes after it.
 */
export const LEAST_STREETS_PER_CROW = 1.12
