import { routeLengthM } from './route.ts'
import { FASTEST_USUAL_MPS, OPTIMISM, SLOWEST_USUAL_MPS, type UsualRides } from './usual-rides.ts'
import type { Way } from './way.ts'

/** What a ride is taken to go like until it has shown it, and how long that outweighs what it shows. */
export type ExpectedPace = { mps: number; weightMs: number }

const USUAL_WEIGHT_MS = 5_000
/** A router knows the streets of this way, so it is believed for longer. */
const PLANNED_WEIGHT_MS = 20_000

/**
 * The usual pace of the rides here; with a router's duration the geometric mean of both, because the router knows these
 * streets and not these riders: of a car's or a cyclist's duration half the error is left.
 */
export function expectedPace({ route, plannedMs }: Way, usual: UsualRides): ExpectedPace {
  const plannedMps = plannedMs ? (routeLengthM(route) / plannedMs) * 1_000 * OPTIMISM : 0
  if (plannedMps === 0) return { mps: usual.paceMps, weightMs: USUAL_WEIGHT_MS }
  const within = Math.min(Math.max(plannedMps, SLOWEST_USUAL_MPS), FASTEST_USUAL_MPS)
  return { mps: Math.sqrt(within * usual.paceMps), weightMs: PLANNED_WEIGHT_MS }
}
