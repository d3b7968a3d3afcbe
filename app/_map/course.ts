import type { Location } from '#contracts/location.ts'
import { bearingDeg, distanceM } from '#domain/geometry.ts'
import { toLatLng } from './trail-path.ts'

/** Whether the rider has really moved by the newest report, and the way the rider looks as far as known. */
export type Course = { moving: boolean; headingDeg: number | null }
/** `since`: the place of the last real movement. */
type Known = Course & { since: Location }

/** What a position is off when the device does not say. */
const NOISE_M = 8
/** Two readings of the same place are apart by more than the accuracy of one. */
const MOVED_FACTOR = 1.5
/** So far away in spite of a told speed of 0, the speed is not to be believed. */
const MOVED_ALL_THE_SAME_FACTOR = 3
const STANDS_UNDER_MPS = 0.5
const MOVES_FROM_MPS = 1

const known = new WeakMap<Location, Known>()

/**
 * The course after the last of `trail`. Someone who stands is reported now here, now there, and some devices tell headings
 * even so: a heading counts only while the rider moves, by the told speed or by the distance from the last real movement.
 * Remembered per location, because every report asks again for all of them.
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
