import { estimateArrival } from '#domain/eta.ts'
import { afterPoint, type RideProgress } from '#domain/ride-progress.ts'
import type { Estimator } from './simulate.ts'

/** The product's own, fed as the server feeds it. */
export const estimator: Estimator = (way) => {
  let progress: RideProgress | null = null
  return (location) => {
    progress = afterPoint(progress, way, location)
    return estimateArrival({ way, progress, location, nowMs: location.receivedAtMs })
  }
}
