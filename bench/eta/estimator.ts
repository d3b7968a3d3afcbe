import { estimateArrival } from '#domain/eta.ts'
import { afterPoint, type RideProgress } from '#domain/ride-progress.ts'
import type { Estimator } from './simulate.ts'

/** The product's own, fed as the server feeds it. */
export const estimator: Estimator = (route) => {
  let progress: RideProgress | null = null
  return (location) => {
    progress = afterPoint(progress, route, location)
    return estimateArrival({ route, progress, location, nowMs: location.receivedAtMs })
  }
}
