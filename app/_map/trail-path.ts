import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { nearestCopy } from './nearest-copy.ts'
import { onStreet, pathBetween } from './path-between.ts'

/** A leg never changes and a long ride has many, so each is computed once. Keyed by its last location. */
const legs = new WeakMap<Location, { from: Location; path: LatLng[] }>()

/** Where the line is drawn: along `route`, and beside `centreLng` (see nearest-copy.ts), as `route` is. */
type Ground = { route: LatLng[]; centreLng: number }

/** The line through received locations, drawn the way the marker went. */
export function trailPath(trail: readonly Location[], ground: Ground): LatLng[] {
  const [first] = trail
  if (!first) return []
  const line = [placeOn(ground, first)]
  trail.forEach((to, index) => {
    const from = trail[index - 1]
    if (from) line.push(...legBetween(from, to, ground))
  })
  return line
}

function legBetween(from: Location, to: Location, ground: Ground): LatLng[] {
  const known = legs.get(to)
  if (known?.from === from) return known.path
  const path = pathBetween(placeOn(ground, from), placeOn(ground, to), ground.route).slice(1)
  legs.set(to, { from, path })
  return path
}

function placeOn({ route, centreLng }: Ground, location: Location): LatLng {
  return onStreet(nearestCopy(toLatLng(location), centreLng), route)
}

export function toLatLng({ lat, lng }: { lat: number; lng: number }): LatLng {
  return [lat, lng]
}
