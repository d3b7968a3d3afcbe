import { type BenchRoute, drawnRoutes } from './routes.ts'
import { walkedRoutes } from './walked-routes.ts'

export type RideSet = { name: string; routes: BenchRoute[]; firstSeed: number }

/** What the numbers of the estimate were found on. */
export function tuned(): RideSet {
  return { name: 'tuned', routes: [...drawnRoutes(), ...walkedRoutes(70_001)], firstSeed: 0 }
}

/** Other routes and other riders: what the estimate is judged on, and was not tuned on. */
export function heldOut(): RideSet {
  return { name: 'held out', routes: walkedRoutes(130_001), firstSeed: 11_000 }
}
