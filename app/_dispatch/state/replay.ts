import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { DELAYED_UNDER_MS } from '#domain/freshness.ts'
import { bearingDeg, distanceM, pointBetween } from '#domain/geometry.ts'

/** How many times faster than it was ridden. */
export const PACES = [1, 8, 30] as const
export type Pace = (typeof PACES)[number]

export type RidePoint = {
  at: LatLng
  atMs: number
  /** Along the way ridden. */
  alongM: number
  /** On the leg that ends here: as the device told it, else from the two readings. */
  speedMps: number
}
/** The rider stood there. */
export type Stop = { at: LatLng; atMs: number; toMs: number }
/** A ride to look at again: one point at least, by time. */
export type Ride = {
  points: readonly RidePoint[]
  startMs: number
  endMs: number
  lengthM: number
  stops: readonly Stop[]
}
/** `isSilent`: nothing was heard for a minute or more around this moment, and the place is between two that are known. */
export type RideMoment = {
  /** The last point that was reached. */
  index: number
  at: LatLng
  headingDeg: number
  alongM: number
  speedMps: number
  isSilent: boolean
}

/** A rider at a traffic light is under way. */
const STOPS_FROM_MS = 30_000
/** As far as readings of one place lie apart. */
const STANDS_WITHIN_M = 25
/** A shorter leg has no direction. */
const TURNS_FROM_M = 3

/** What was believed, in its order; null without a point. Without what a clock that went back tells a second time. */
export function readRide(locations: readonly Location[]): Ride | null {
  const points: RidePoint[] = []
  for (const location of [...locations].sort((a, b) => a.seq - b.seq)) {
    const before = points.at(-1)
    const { lat, lng, recordedAtMs: atMs, implausible, speedMps } = location
    if (implausible || (before && atMs < before.atMs)) continue
    const at: LatLng = [lat, lng]
    const legMs = before ? atMs - before.atMs : 0
    const legM = before ? distanceM(before.at, at) : 0
    points.push({
      at,
      atMs,
      alongM: (before?.alongM ?? 0) + legM,
      speedMps: speedMps ?? (legMs > 0 ? legM / (legMs / 1_000) : 0),
    })
  }
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return null
  return { points, startMs: first.atMs, endMs: last.atMs, lengthM: last.alongM, stops: findStops(points) }
}

/** Each begins where the rider stays near one point for long enough. */
function findStops(points: readonly RidePoint[]): Stop[] {
  const stops: Stop[] = []
  for (let from = 0; from < points.length; ) {
    const first = points[from] as RidePoint
    let to = from
    while (isNear(first, points[to + 1])) to += 1
    const last = points[to] as RidePoint
    const isStop = last.atMs - first.atMs >= STOPS_FROM_MS
    if (isStop) stops.push({ at: first.at, atMs: first.atMs, toMs: last.atMs })
    from = isStop ? to + 1 : from + 1
  }
  return stops
}

const isNear = (first: RidePoint, next: RidePoint | undefined): boolean =>
  next !== undefined && distanceM(first.at, next.at) <= STANDS_WITHIN_M

/** Where the rider was at a moment, between the readings before and after it. */
export function momentAt({ points }: Ride, atMs: number): RideMoment {
  const index = lastIndexUntil(points, atMs)
  const from = points[index] as RidePoint
  const to = points[index + 1]
  const headingDeg = headingAt(points, index)
  if (!to || atMs <= from.atMs) {
    const { at, alongM } = from
    return { index, at, headingDeg, alongM, speedMps: to ? from.speedMps : 0, isSilent: false }
  }
  const legMs = to.atMs - from.atMs
  const share = (atMs - from.atMs) / legMs
  return {
    index,
    at: pointBetween(from.at, to.at, share),
    headingDeg,
    alongM: from.alongM + (to.alongM - from.alongM) * share,
    speedMps: to.speedMps,
    isSilent: legMs >= DELAYED_UNDER_MS,
  }
}

/** Of the leg that begins there; of one before it while the rider stands. */
function headingAt(points: readonly RidePoint[], index: number): number {
  for (let at = Math.min(index, points.length - 2); at >= 0; at -= 1) {
    const [from, to] = [points[at], points[at + 1]]
    if (from && to && to.alongM - from.alongM >= TURNS_FROM_M) return bearingDeg(from.at, to.at)
  }
  return 0
}

function lastIndexUntil(points: readonly RidePoint[], atMs: number): number {
  let [low, high] = [0, points.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((points[middle] as RidePoint).atMs <= atMs) low = middle
    else high = middle - 1
  }
  return low
}

/** The moment that is shown after `passedMs` of looking. */
export function playOn(ride: Ride, atMs: number, passedMs: number, pace: Pace): number {
  return Math.min(ride.endMs, atMs + passedMs * pace)
}
