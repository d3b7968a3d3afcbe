import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { type Followed, followRoute, type Reading, spreadM } from './follow-route.ts'
import { distanceM } from './geometry.ts'
import { routeLengthM } from './route.ts'
import { snapToRoute } from './snap-to-route.ts'
import type { Way } from './way.ts'

/** How far along the way a rider was, where that is, and when. */
export type Spot = { alongM: number; at: LatLng; atMs: number }

/**
 * What is remembered of a ride, for the arrival: how far the rider has come, how fast they ride while they ride, and how
 * often they stood. It follows from the points alone, so every instance has the same, and a restart finds it again.
 */
export type RideProgress = {
  lastSeq: number
  startedAtMs: number
  /** Of the newest point that counted. */
  spot: Spot
  /** When the rider had last come on, and where that was. */
  moved: Spot
  /** Of all legs on which the rider moved; what is long ago counts less. */
  movingM: number
  movingMs: number
  /** How long the rider has been riding in all, stops counted as a moment each. */
  riddenMs: number
  stops: number
  /** With the leg that ended it. */
  longestStopMs: number
}

/** Of each slot of time one point counts: a ride reported every second then says the same as one reported every five. */
export const SLOT_MS = 5_000
/** Slower than that from one place to the next is a stop, whatever the noise says. */
const STANDING_BELOW_MPS = 1.2
const HALF_LIFE_MS = 300_000
/** How long a stop counts as riding. */
const STOP_COUNTS_MS = 15_000
/**
 * Nothing is slower than this share of the pace so far. Whoever yields or turns a corner is not slow from then on, and
 * early in the ride one such leg would be most of what is known; a ride that is slow stays so, and its pace sinks.
 */
const SLOWEST_SHARE = 0.65
/** The least way that is not noise, in standard deviations of a reading, and never less than this. */
const [MOVED_SPREADS, MOVED_M] = [2.5, 10]
/** A leg takes at least so long for each metre of uncertainty: over shorter ones noise passes for speed. */
const LEG_MS_PER_SPREAD_M = 750

/** What a ride is taken to be like where nothing else is known of it: the same on every instance. */
export const FIRST_PACE_MPS = 7.5
const AT_FIRST = { mps: FIRST_PACE_MPS, weightMs: 5_000 }

/** Pace while riding: as measured, and as expected as long as little was. */
export function paceMps({ movingM, movingMs }: RideProgress, { mps, weightMs } = AT_FIRST): number {
  return (movingM + (mps * weightMs) / 1_000) / ((movingMs + weightMs) / 1_000)
}

/**
 * The progress after one more point of the ride: those that were believed, from pick-up on, in the order in which they
 * came in. A late point, and one in a slot of time that had its point, change nothing.
 */
export function afterPoint(progress: RideProgress | null, way: Way, location: Location): RideProgress | null {
  if (progress !== null && !counts(progress, location)) return progress
  const followed = follow(progress, way, location)
  if (followed === null) return progress
  const { seq: lastSeq, recordedAtMs: atMs } = location
  const spot: Spot = { alongM: followed.alongM, at: [location.lat, location.lng], atMs }
  if (progress === null) {
    const none = { movingM: 0, movingMs: 0, riddenMs: 0, stops: 0, longestStopMs: 0 }
    return { lastSeq, startedAtMs: atMs, spot, moved: spot, ...none }
  }
  const came = { ...progress, lastSeq, spot }
  // Of streets that are not known a rider's legs tell more than the straight line does.
  const wentM = way.routed
    ? Math.abs(spot.alongM - progress.moved.alongM)
    : distanceM(spot.at, progress.moved.at)
  const tookMs = atMs - progress.moved.atMs
  const spread = spreadM(location.accuracyM)
  const isLeg = wentM >= Math.max(MOVED_M, MOVED_SPREADS * spread) && tookMs >= LEG_MS_PER_SPREAD_M * spread
  return isLeg ? afterLeg(came, wentM, tookMs) : came
}

function counts({ lastSeq, spot }: RideProgress, { seq, recordedAtMs }: Location): boolean {
  return seq > lastSeq && Math.floor(recordedAtMs / SLOT_MS) > Math.floor(spot.atMs / SLOT_MS)
}

function afterLeg(progress: RideProgress, wentM: number, tookMs: number): RideProgress {
  const moved = progress.spot
  const riddenMs = progress.riddenMs + Math.min(tookMs, STOP_COUNTS_MS)
  const stood = (wentM / tookMs) * 1_000 < STANDING_BELOW_MPS
  const isFirst = progress.moved.atMs === progress.startedAtMs
  if (stood) {
    // Waiting at the store is not what comes up on the way.
    const longestStopMs = isFirst ? 0 : Math.max(progress.longestStopMs, tookMs)
    return { ...progress, moved, riddenMs, stops: progress.stops + 1, longestStopMs }
  }
  // The first leg is the start from standstill: it says nothing of the pace.
  if (isFirst) return { ...progress, moved, riddenMs }
  const slowestMs = (wentM / (SLOWEST_SHARE * paceMps(progress))) * 1_000
  const kept = 0.5 ** (tookMs / HALF_LIFE_MS)
  const movingM = progress.movingM * kept + wentM
  const movingMs = progress.movingMs * kept + Math.min(tookMs, slowestMs)
  return { ...progress, moved, riddenMs, movingM, movingMs }
}

/** Where on the way a point is, after this progress. */
export function follow(progress: RideProgress | null, way: Way, location: Location): Followed | null {
  const reading = readingOf(location)
  const { route } = way
  if (!way.routed) return alongStraight(route, reading)
  if (progress === null) return followRoute(route, reading, null, FIRST_PACE_MPS)
  return followRoute(route, reading, progress.spot, paceMps(progress))
}

/** As much nearer to the door as the crow flies; there is nothing to follow. */
function alongStraight(route: LatLng[], { at }: Reading): Followed | null {
  const [nearest, door] = [snapToRoute(route, at), route.at(-1)]
  if (!nearest || !door) return null
  return { alongM: routeLengthM(route) - distanceM(at, door), offRouteM: distanceM(at, nearest.point) }
}

export function readingOf({ lat, lng, recordedAtMs, accuracyM, speedMps }: Location): Reading {
  return { at: [lat, lng], atMs: recordedAtMs, accuracyM, speedMps }
}
