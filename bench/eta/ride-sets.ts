import { type BenchRoute, drawnRoutes } from './routes.ts'
import { walkedRoutes } from './walked-routes.ts'

export type RideSet = { name: string; routes: BenchRoute[]; firstSeed: number }

const TUNED_WALKS = [70_001, 130_001, 300_001, 310_001, 320_001, 340_001]

/** What the numbers of the estimate were found on. */
export function tuned(): RideSet {
  return {
    name: 'tuned',
    routes: [...drawnRoutes(), ...TUNED_WALKS.flatMap((first) => walkedRoutes(first))],
    firstSeed: 0,
  }
}

/** Other routes and other riders: what the estimate is judged on, and was not tuned on. */
export function heldOut(): RideSet {
  return { name: 'held out', routes: walkedRoutes(170_001), firstSeed: 15_000 }
}
