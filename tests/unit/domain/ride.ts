import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import type { Eta } from '#contracts/snapshot.ts'
import { estimateArrival } from '#domain/eta.ts'
import { afterPoint, type RideProgress } from '#domain/ride-progress.ts'
import { pointAlong } from '#domain/route.ts'
import type { Way } from '#domain/way.ts'
import { seeded } from '../../../bench/eta/random.ts'

export const START_MS = 1_790_000_000_000

/** Points of a rider who is `alongM(seconds)` along the route, off it by noise. */
export function pointsOf(
  route: LatLng[],
  alongM: (seconds: number) => number,
  {
    seconds,
    everySeconds = 5,
    noiseM = 0,
    seed = 1,
  }: { seconds: number; everySeconds?: number; noiseM?: number; seed?: number },
): Location[] {
  const random = seeded(seed)
  return Array.from({ length: Math.floor(seconds / everySeconds) + 1 }, (_, index) => {
    const atMs = START_MS + index * everySeconds * 1_000
    const [lat, lng] = pointAlong(route, alongM(index * everySeconds))
    return {
      deliveryId: 'd',
      seq: index + 1,
      lat: lat + (noiseM * random.gaussian()) / 111_195,
      lng: lng + (noiseM * random.gaussian()) / (111_195 * Math.cos((lat * Math.PI) / 180)),
      recordedAtMs: atMs,
      receivedAtMs: atMs,
      accuracyM: 8,
    }
  })
}

export const wayOf = (route: LatLng[]): Way => ({ route, routed: true, plannedMs: null })

export function progressOf(route: LatLng[], locations: readonly Location[]): RideProgress | null {
  return locations.reduce<RideProgress | null>((so, location) => afterPoint(so, wayOf(route), location), null)
}

/** What is shown after these points, at the moment of the last of them. */
export function etaAfter(route: LatLng[], locations: readonly Location[], nowMs?: number): Eta | null {
  const location = locations.at(-1)
  if (!location) return null
  const progress = progressOf(route, locations)
  return estimateArrival({ way: wayOf(route), progress, location, nowMs: nowMs ?? location.receivedAtMs })
}

export const middleMs = (eta: Eta | null) => (eta ? (eta.fromMs + eta.toMs) / 2 : Number.NaN)
export const widthMs = (eta: Eta | null) => (eta ? eta.toMs - eta.fromMs : Number.NaN)
