import type { LatLng } from '#contracts/place.ts'

/**
 * The same place with the longitude, beyond ±180° if need be, that is nearest to `lng`: lines and movements between such
 * places cross the date line instead of going round the globe. Leaflet draws them where they are; domain/ answers within
 * ±180°, so what it works out is put back.
 */
export function nearestCopy([lat, lngOfPlace]: LatLng, lng: number): LatLng {
  return [lat, lngOfPlace + 360 * Math.round((lng - lngOfPlace) / 360)]
}

/** Returns the same array when nothing changes, because caches are keyed by a route's array. */
export function nearestCopies(line: LatLng[], lng: number): LatLng[] {
  return line.some(([, each]) => Math.abs(each - lng) > 180)
    ? line.map((place) => nearestCopy(place, lng))
    : line
}
