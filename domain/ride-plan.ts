import type { LatLng } from '#contracts/place.ts'
import { bearingDeg } from './geometry.ts'
import { pointAlong, routeLengthM } from './route.ts'

export type RideMoment = { at: LatLng; headingDeg: number; speedMps: number }
export type RidePlan = {
  totalM: number
  durationMs: number
  /** Where the rider is after riding for so long; at the end for anything longer. */
  momentAt(rideMs: number): RideMoment
  /** How long it takes to get so far. */
  msAtM(alongM: number): number
}

/** 27 km/h, between lights and traffic. */
const CRUISE_MPS = 7.5
const BEND_MPS = 5
const CORNER_MPS = 3.2
const BEND_DEG = 20
const CORNER_DEG = 50
const ACCELERATION_MPS2 = 1.3
const BRAKING_MPS2 = 1.8
/** Slower than that is pushing the scooter; it also keeps the first and last metres from taking for ever. */
const SLOWEST_MPS = 0.8
const STEP_M = 4
/** Headings are compared over this length before and after a spot, because corners are drawn with many points. */
const LOOK_M = 10

/** A believable ride along a route: cruising, slowing down for what turns, starting and ending at a standstill. */
export function planRide(route: LatLng[]): RidePlan {
  const totalM = routeLengthM(route)
  const stepCount = Math.max(1, Math.ceil(totalM / STEP_M))
  const stepM = totalM / stepCount
  const speeds = Array.from({ length: stepCount + 1 }, (_, step) =>
    step === 0 || step === stepCount ? SLOWEST_MPS : limitAt(route, step * stepM),
  )
  // Forwards no faster than one can accelerate, backwards no faster than one can still brake: v² = u² + 2as.
  for (let step = 1; step <= stepCount; step++) hold(speeds, step, step - 1, ACCELERATION_MPS2 * stepM)
  for (let step = stepCount - 1; step >= 0; step--) hold(speeds, step, step + 1, BRAKING_MPS2 * stepM)

  const timesMs = [0]
  for (let step = 1; step <= stepCount; step++) {
    const meanMps = ((speeds[step - 1] ?? CRUISE_MPS) + (speeds[step] ?? CRUISE_MPS)) / 2
    timesMs.push((timesMs[step - 1] ?? 0) + (stepM / meanMps) * 1_000)
  }
  const durationMs = timesMs[stepCount] ?? 0

  return {
    totalM,
    durationMs,
    momentAt(rideMs) {
      const { index, part } = positionIn(timesMs, rideMs)
      const alongM = (index + part) * stepM
      const [before, after] = [speeds[index] ?? 0, speeds[index + 1] ?? 0]
      const moving = rideMs > 0 && rideMs < durationMs
      return {
        at: pointAlong(route, alongM),
        headingDeg: headingAt(route, alongM, totalM),
        speedMps: moving ? before + (after - before) * part : 0,
      }
    },
    msAtM(alongM) {
      const exact = stepM === 0 ? 0 : Math.min(Math.max(alongM / stepM, 0), stepCount)
      const index = Math.min(Math.floor(exact), stepCount - 1)
      const [from, to] = [timesMs[index] ?? 0, timesMs[index + 1] ?? 0]
      return from + (to - from) * (exact - index)
    },
  }
}

function hold(speeds: number[], step: number, neighbour: number, halfGain: number) {
  const reachable = Math.sqrt((speeds[neighbour] ?? 0) ** 2 + 2 * halfGain)
  speeds[step] = Math.min(speeds[step] ?? CRUISE_MPS, reachable)
}

function limitAt(route: LatLng[], alongM: number): number {
  const here = pointAlong(route, alongM)
  const before = bearingDeg(pointAlong(route, alongM - LOOK_M), here)
  const after = bearingDeg(here, pointAlong(route, alongM + LOOK_M))
  const turnDeg = Math.abs(((after - before + 540) % 360) - 180)
  if (turnDeg > CORNER_DEG) return CORNER_MPS
  return turnDeg > BEND_DEG ? BEND_MPS : CRUISE_MPS
}

function headingAt(route: LatLng[], alongM: number, totalM: number): number {
  const fromM = Math.min(alongM, Math.max(0, totalM - 2))
  return bearingDeg(pointAlong(route, fromM), pointAlong(route, fromM + 2))
}

/** Between which two times `ms` lies, and how far in between. */
function positionIn(timesMs: number[], ms: number): { index: number; part: number } {
  const last = Math.max(0, timesMs.length - 2)
  const next = timesMs.findIndex((timeMs) => timeMs > ms)
  if (next === -1) return { index: last, part: 1 }
  const index = Math.max(0, next - 1)
  const [from, to] = [timesMs[index] ?? 0, timesMs[index + 1] ?? 0]
  return { index, part: to > from ? Math.max(0, (ms - from) / (to - from)) : 0 }
}
