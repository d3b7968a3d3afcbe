import type { LatLng } from '#contracts/place.ts'
import { roundDegrees, roundTenths } from '#domain/digits.ts'

const METRES_PER_DEGREE = 111_195
/** A receiver's error drifts rather than jumps: most of one error is carried into the next. */
const STICKY = 0.85
const SPREAD_M = 1.3

export type NoisyFix = { at: LatLng; accuracyM: number }

/** Makes true positions look like a phone's between houses: a few metres off, drifting. `random` is uniform in 0…1. */
export function createGpsNoise(random: () => number): (at: LatLng) => NoisyFix {
  let northM = 0
  let eastM = 0
  return (at) => {
    northM = northM * STICKY + gaussian(random) * SPREAD_M
    eastM = eastM * STICKY + gaussian(random) * SPREAD_M
    const lat = at[0] + northM / METRES_PER_DEGREE
    const lng = at[1] + eastM / (METRES_PER_DEGREE * Math.cos((at[0] * Math.PI) / 180))
    return { at: [roundDegrees(lat), roundDegrees(lng)], accuracyM: roundTenths(4 + 8 * random()) }
  }
}

/** Box–Muller transform: standard normal from two uniform numbers. */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
