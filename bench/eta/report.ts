import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { toLatLng } from './ground.ts'
import type { Phone } from './kinds.ts'
import type { Random } from './random.ts'
import type { Moment } from './rider.ts'

/** How much of a receiver's error stays in its next reading, a second later: it drifts rather than jumps. */
const STICKY_PER_SECOND = 0.97

/** The points that the phone sends of a ride: one at each interval, until the rider is at the door. */
export function report(
  moments: readonly Moment[],
  { phone, origin, startMs }: { phone: Phone; origin: LatLng; startMs: number },
  random: Random,
): Location[] {
  const locations: Location[] = []
  // A good receiver drifts; one between high houses jumps.
  const sticky = phone.noiseM > 10 ? 0 : STICKY_PER_SECOND ** (phone.intervalMs / 1_000)
  let [eastM, northM] = [random.gaussian() * phone.noiseM, random.gaussian() * phone.noiseM]
  let dueMs = 0
  for (const { ms, at, mps } of moments) {
    if (ms < dueMs) continue
    dueMs += phone.intervalMs
    const fresh = Math.sqrt(1 - sticky * sticky) * phone.noiseM
    eastM = eastM * sticky + fresh * random.gaussian()
    northM = northM * sticky + fresh * random.gaussian()
    const [lat, lng] = toLatLng(origin, [at[0] + eastM, at[1] + northM])
    locations.push({
      deliveryId: 'bench',
      seq: locations.length + 1,
      lat,
      lng,
      recordedAtMs: startMs + Math.round(ms),
      receivedAtMs: startMs + Math.round(ms) + 100,
      accuracyM: phone.accuracyM,
      ...(phone.tellsSpeed && { speedMps: Math.max(0, mps + 0.3 * random.gaussian()) }),
    })
  }
  return locations
}
