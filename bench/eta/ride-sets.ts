import type { LatLng } from '#contracts/place.ts'
import type { Way } from '#domain/way.ts'
import { cityRoutes } from './city-routes.ts'
import { seeded } from './random.ts'
import type { Moment } from './rider.ts'
import { type BenchRoute, drawnRoutes } from './routes.ts'
import { walkedRoutes } from './walked-routes.ts'

/** What the estimate is told of the way that is ridden. */
type Known = (route: LatLng[], moments: readonly Moment[], seed: number) => Way
export type RideSet = { name: string; routes: BenchRoute[]; firstSeed: number; known: Known }

const TUNED_WALKS = [70_001, 130_001, 300_001, 310_001, 320_001, 340_001]
const TUNED_DOORS = [1_000, 2_000, 3_000, 50_000]
/** How differently a router errs from way to way, as a standard deviation of the logarithm. */
const ROUTER_ERRS = 0.12
const TICK_MS = 250

/** What the numbers of the estimate were found on. */
export function tuned(): RideSet {
  return {
    name: 'tuned',
    routes: [...drawnRoutes(), ...TUNED_WALKS.flatMap((first) => walkedRoutes(first))],
    firstSeed: 0,
    known: asRidden,
  }
}

/** Other routes and other riders: what the estimate is judged on, and was not tuned on. */
export function heldOut(): RideSet {
  return { name: 'held out', routes: walkedRoutes(170_001), firstSeed: 15_000, known: asRidden }
}

/** Ridden on streets of which the estimate knows the two doors and nothing else. */
export function straightTuned(): RideSet {
  const routes = TUNED_DOORS.flatMap((first) => cityRoutes(first))
  return { name: 'a straight line, tuned', routes, firstSeed: 20_000, known: straight }
}

export function straightHeldOut(): RideSet {
  return { name: 'a straight line, held out', routes: cityRoutes(90_000), firstSeed: 45_000, known: straight }
}

/** As `heldOut`, with the duration of a router that takes rides to last `factor` times as long as they do. */
export function plannedHeldOut(factor = 1): RideSet {
  return { ...heldOut(), name: `held out, with a router’s duration × ${factor}`, known: plannedBy(factor) }
}

function asRidden(route: LatLng[]): Way {
  return { route, routed: true, plannedMs: null }
}

function straight(route: LatLng[]): Way {
  const ends = [route[0], route.at(-1)].filter((end) => end !== undefined)
  return { route: ends, routed: false, plannedMs: null }
}

/** A router knows the streets, but of no halt. */
function plannedBy(factor: number): Known {
  return (route, moments, seed) => {
    const ridingMs = TICK_MS * moments.filter(({ mps }) => mps > 0).length
    const error = Math.exp(ROUTER_ERRS * seeded(seed + 7).gaussian())
    return { route, routed: true, plannedMs: Math.round(ridingMs * factor * error) }
  }
}
