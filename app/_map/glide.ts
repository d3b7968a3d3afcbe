import type { LatLng } from '#contracts/place.ts'
import { bearingDeg, distanceM } from '#domain/geometry.ts'
import { pointAlong, routeLengthM } from '#domain/route.ts'
import { nearestCopy } from './nearest-copy.ts'

/** One movement of the marker: from where it is shown to where the rider is known to be. Times of one monotonic clock. */
export type Glide = { path: LatLng[]; lengthM: number; startMs: number; durationMs: number }
export type Shown = { at: LatLng; headingDeg: number }

/** A longer distance is a gap rather than a ride between two reports: the marker jumps instead of racing through town. */
export const JUMP_M = 1_000
const SHORTEST_MS = 300
const LONGEST_MS = 6_000
/** A little longer than the reports are apart, so that the next one comes before the marker has to stop. */
const STRETCH = 1.1
/** How long the marker takes for about two thirds of a turn. */
const TURN_MS = 180
/** A shorter path has no meaningful direction. */
const STILL_M = 1

export function startGlide(path: LatLng[], startMs: number, durationMs: number): Glide {
  return { path, lengthM: routeLengthM(path), startMs, durationMs }
}

/** How long to glide when reports come this far apart; the median, so that one pause does not slow the marker down. */
export function glideDurationMs(recordedAtMs: readonly number[]): number {
  const gaps = recordedAtMs.slice(1).map((atMs, index) => atMs - (recordedAtMs[index] ?? atMs))
  const median = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)]
  return Math.min(Math.max((median ?? 1_000) * STRETCH, SHORTEST_MS), LONGEST_MS)
}

export function isDone(glide: Glide, nowMs: number): boolean {
  return nowMs - glide.startMs >= glide.durationMs
}

/** Where on its path the marker is, at an even speed; before the start the start, after the end the end. */
export function glideAt(glide: Glide, nowMs: number): LatLng {
  return nearestCopy(pointAlong(glide.path, travelledM(glide, nowMs)), glide.path[0]?.[1] ?? 0)
}

/** The way the path goes at this moment; null when it goes nowhere. */
export function courseAt(glide: Glide, nowMs: number): number | null {
  if (glide.lengthM < STILL_M) return null
  const alongM = Math.min(travelledM(glide, nowMs), glide.lengthM - STILL_M)
  return bearingDeg(pointAlong(glide.path, alongM), pointAlong(glide.path, alongM + STILL_M))
}

/** Signed degrees from one heading to another the short way round: −180 < x ≤ 180. */
export function turnDeg(fromDeg: number, toDeg: number): number {
  const turn = (((toDeg - fromDeg) % 360) + 360) % 360
  return turn > 180 ? turn - 360 : turn
}

/** Eases the shown heading towards the wanted one: fast at first, never past it. */
export function turnTowards(fromDeg: number, toDeg: number, elapsedMs: number): number {
  const part = 1 - Math.exp(-Math.max(0, elapsedMs) / TURN_MS)
  return (((fromDeg + turnDeg(fromDeg, toDeg) * part) % 360) + 360) % 360
}

export function isJump(from: LatLng, to: LatLng): boolean {
  return distanceM(from, to) > JUMP_M
}

function travelledM({ lengthM, startMs, durationMs }: Glide, nowMs: number): number {
  const part = durationMs <= 0 ? 1 : (nowMs - startMs) / durationMs
  return lengthM * Math.min(Math.max(part, 0), 1)
}
