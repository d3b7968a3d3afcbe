import type { Location } from '#contracts/location.ts'
import { bearingDeg, distanceM } from '#domain/geometry.ts'
import { toLatLng } from './trail-path.ts'

/** Whether the rider really moved at the newest report, and the rider's heading as far as known. */
export type Course = { moving: boolean; headingDeg: number | null }
/** `since`: the place of the last real movement. */
type Known = Course & { since: Location }

/** Assumed accuracy where the device reports none. */
const NOISE_M = 8
/** Two readings of one place can differ by more than the accuracy of either. */
const MOVED_FACTOR = 1.5
/** At this distance a reported speed of 0 is not believed. */
const MOVED_ALL_THE_SAME_FACTOR = 3
const STANDS_UNDER_MPS = 0.5
const MOVES_FROM_MPS = 1

const known = new WeakMap<Location, Known>()

/**
 * The course after the last location of `trail`. A standing rider's positions scatter, and some devices report headings
 * even then: a heading counts only while the rider moves, by the reported speed or by the distance from the last real
 * movement. Cached per location, because every report needs all of them again.
 */
export function courseAlong(trail: readonly Location[]): Course {
  let course: Known | undefined
  for (const location of trail) {
    course = known.get(location) ?? courseAfter(course, location)
    known.set(location, course)
  }
  return course ?? { moving: false, headingDeg: null }
}

function courseAfter(before: Known | undefined, location: Location): Known {
  const { headingDeg, speedMps, accuracyM } = location
  if (!before) return { moving: false, headingDeg: headingDeg ?? null, since: location }
  const [from, to] = [toLatLng(before.since), toLatLng(location)]
  const goneM = distanceM(from, to)
  const noiseM = Math.max(accuracyM ?? NOISE_M, NOISE_M)
  const stands = speedMps !== undefined && speedMps < STANDS_UNDER_MPS
  const hasMoved = goneM > noiseM * (stands ? MOVED_ALL_THE_SAME_FACTOR : MOVED_FACTOR)
  const isMoving = speedMps !== undefined && speedMps >= MOVES_FROM_MPS
  if (hasMoved)
    return { moving: true, headingDeg: (stands ? null : headingDeg) ?? bearingDeg(from, to), since: location }
  if (!isMoving) return { ...before, moving: false }
  return { moving: true, headingDeg: headingDeg ?? before.headingDeg, since: before.since }
}
