import type { LatLng, Place } from '#contracts/place.ts'
import { distanceM } from './geometry.ts'

/** Nearer than this the rider sees the place. */
const THERE_WITHIN_M = 30

/** Only by a position that is itself known to within that distance; one without an accuracy is taken at its word. */
export function isAtPlace(
  { at, accuracyM = 0 }: { at: LatLng; accuracyM?: number | undefined },
  { lat, lng }: Pick<Place, 'lat' | 'lng'>,
): boolean {
  return accuracyM <= THERE_WITHIN_M && distanceM(at, [lat, lng]) <= THERE_WITHIN_M
}
