import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { onStreet, pathBetween } from './path-between.ts'

/** A leg never changes, and a long ride has many: each is worked out once. Keyed by its end. */
const legs = new WeakMap<Location, { from: Location; path: LatLng[] }>()

/** The line through received locations, drawn the way the marker went. */
export function trailPath(trail: readonly Location[], route: LatLng[]): LatLng[] {
  const [first] = trail
  if (!first) return []
  const line = [onStreet(toLatLng(first), route)]
  trail.forEach((to, index) => {
    const from = trail[index - 1]
    if (from) line.push(...legBetween(from, to, route))
  })
  return line
}

function legBetween(from: Location, to: Location, route: LatLng[]): LatLng[] {
  const known = legs.get(to)
  if (known?.from === from) return known.path
  const path = pathBetween(onStreet(toLatLng(from), route), onStreet(toLatLng(to), route), route).slice(1)
  legs.set(to, { from, path })
  return path
}

export function toLatLng({ lat, lng }: { lat: number; lng: number }): LatLng {
  return [lat, lng]
}
