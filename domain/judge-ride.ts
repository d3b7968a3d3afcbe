import { type EtaError, TO_GO_BUCKETS } from '#contracts/eta-error.ts'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { estimateArrival } from './eta.ts'
import { distanceM } from './geometry.ts'
import { percentile } from './percentile.ts'
import { afterPoint, type RideProgress } from './ride-progress.ts'
import { routeLengthM } from './route.ts'
import { type FinishedRide, isRide, type UsualRides } from './usual-rides.ts'
import type { Way } from './way.ts'

export type JudgedRide = FinishedRide & {
  wayM: number
  tookMs: number
  stops: number
  /** How often the ranges held the arrival, 0…1. */
  heldShare: number
  /** One for each bucket that has data. */
  errors: EtaError[]
}

/** As near to the end of the route the rider is at the door, whatever the noise; who stays near was there. */
const AT_DOOR_M = 60
const NEAR_DOOR_M = 300
/** Less is too little to tell of a pace. */
const [SHORTEST_WAY_M, SHORTEST_MS] = [300, 60_000]
const LONGEST_TO_GO_MS = 15 * 60_000
const BUCKET_ENDS_MS = [3, 6, 10, 15].map((minutes) => minutes * 60_000)
const HELD_SHARE = 0.9

type Given = { way: Way; points: readonly Location[]; deliveredAtMs: number; usual: UsualRides }

/**
 * What a ride that was delivered says of the estimate: its points are gone through once more, in the order in which they
 * came in, and what was told at each is compared with when the rider was at the door. null for what is no ride from
 * here to there at a pace that there is: a demo at ten times the speed of life, a rider who never came near.
 */
export function judgeRide({ way, points, deliveredAtMs, usual }: Given): JudgedRide | null {
  const arrivedMs = arrivedAtMs(way.route, points, deliveredAtMs)
  if (arrivedMs === null) return null
  const needs: number[] = []
  const lateMs: number[][] = TO_GO_BUCKETS.map(() => [])
  let held = 0
  let progress: RideProgress | null = null
  for (const location of points) {
    const nowMs = location.recordedAtMs
    if (nowMs >= arrivedMs) break
    const came: RideProgress | null = afterPoint(progress, way, location)
    if (came === progress) continue
    progress = came
    const eta = estimateArrival({ way, progress, location, nowMs, usual })
    if (eta === null || arrivedMs - nowMs >= LONGEST_TO_GO_MS) continue
    const lateByMs = arrivedMs - (eta.fromMs + eta.toMs) / 2
    lateMs[BUCKET_ENDS_MS.findIndex((endMs) => arrivedMs - nowMs < endMs)]?.push(lateByMs)
    needs.push((Math.abs(lateByMs) / ((eta.toMs - eta.fromMs) / 2)) * usual.rangeFactor)
    if (eta.fromMs <= arrivedMs && arrivedMs <= eta.toMs) held += 1
  }
  if (progress === null || needs.length === 0 || progress.movingMs === 0) return null
  const ride = {
    paceMps: (progress.movingM / progress.movingMs) * 1_000,
    rangeNeed: percentile(needs, HELD_SHARE),
    wayM: routeLengthM(way.route),
    tookMs: arrivedMs - progress.startedAtMs,
    stops: progress.stops,
    heldShare: held / needs.length,
    errors: TO_GO_BUCKETS.flatMap((minutesToGo, bucket) => {
      const all = lateMs[bucket] ?? []
      const mean = all.reduce((sum, ms) => sum + ms, 0) / all.length / 1_000
      return all.length === 0 ? [] : [{ minutesToGo, lateBySeconds: mean }]
    }),
  }
  return isRide(ride) && ride.wayM >= SHORTEST_WAY_M && ride.tookMs >= SHORTEST_MS ? ride : null
}

/** From when on the rider stayed at the door; when it was delivered, of one who was last seen near it. */
function arrivedAtMs(route: LatLng[], points: readonly Location[], deliveredAtMs: number): number | null {
  const door = route.at(-1)
  const last = points.at(-1)
  if (!door || !last) return null
  const fromDoorM = ({ lat, lng }: Location) => distanceM([lat, lng], door)
  if (fromDoorM(last) > NEAR_DOOR_M) return null
  const away = points.findLastIndex((point) => fromDoorM(point) > AT_DOOR_M)
  return points[away + 1]?.recordedAtMs ?? deliveredAtMs
}
