import { type Path, pathOf, type XY } from './ground.ts'
import type { Random } from './random.ts'

/** Where the rider was, every quarter of a second from pick-up to the door. */
export type Moment = { ms: number; at: XY; mps: number }
export type Halt = { alongM: number; ms: number }
export type Rider = { cruiseMps: number; halts: readonly Halt[]; standsFirstMs: number }

const TICK_MS = 250
const ACCELERATES_MPS2 = 1.2
const BRAKES_MPS2 = 2.2
const PROFILE_M = 3
/** Headings are compared over this length on both sides of a spot. */
const LOOK_M = 12
/** The speed in traffic goes up and down by this share, and comes back within about this time. */
const WANDER = 0.12
const WANDER_MS = 20_000
/** How often somebody crosses the street, and how slow the rider becomes then. */
const YIELDS_PER_M = 1 / 500
const YIELD_MPS = 1.5
const YIELD_M = 12

/**
 * A rider in steps of time: holds a speed that wanders with the traffic, brakes in time for corners, for those who
 * cross and for halts, stands there, and goes on. Knows nothing of the product's own ride plan or estimate.
 */
export function rideAlong(
  points: readonly XY[],
  { cruiseMps, halts, standsFirstMs }: Rider,
  random: Random,
): Moment[] {
  const path = pathOf(points)
  const limits = speedLimits(path, cruiseMps, random)
  const waiting = [...halts].sort((a, b) => a.alongM - b.alongM)
  const moments: Moment[] = []
  let [ms, alongM, mps, wander, standsMs] = [0, 0, 0, 0, standsFirstMs]

  while (alongM < path.lengthM - 0.5) {
    moments.push({ ms, at: path.at(alongM), mps })
    ms += TICK_MS
    if (standsMs > 0) {
      standsMs -= TICK_MS
      mps = 0
      continue
    }
    const kept = Math.exp(-TICK_MS / WANDER_MS)
    wander = wander * kept + WANDER * Math.sqrt(1 - kept * kept) * random.gaussian()
    const wanted = Math.min(
      cruiseMps * Math.max(0.5, 1 + wander),
      limitAhead(limits, alongM, path.lengthM, waiting[0]),
    )
    const seconds = TICK_MS / 1_000
    mps = Math.min(Math.max(wanted, mps - 2 * BRAKES_MPS2 * seconds, 0.3), mps + ACCELERATES_MPS2 * seconds)
    alongM += mps * seconds
    const [halt] = waiting
    if (halt && alongM >= halt.alongM - 1) {
      standsMs = halt.ms
      waiting.shift()
    }
  }
  moments.push({ ms, at: path.at(path.lengthM), mps: 0 })
  return moments
}

/** How fast each spot can be ridden: by its bend, and by whoever crosses there. */
function speedLimits(path: Path, cruiseMps: number, random: Random): number[] {
  const count = Math.ceil(path.lengthM / PROFILE_M) + 1
  const limits = Array.from({ length: count }, (_, step) => {
    const turn = turnDeg(path, step * PROFILE_M)
    return cruiseMps * (turn > 60 ? 0.42 : turn > 30 ? 0.62 : turn > 12 ? 0.85 : 1)
  })
  for (let step = 0; step < count; step++) {
    if (random.next() > YIELDS_PER_M * PROFILE_M) continue
    for (let near = step; near < Math.min(count, step + YIELD_M / PROFILE_M); near++) limits[near] = YIELD_MPS
  }
  return limits
}

/** The speed from which the rider can still brake for everything within the next 40 m. */
function limitAhead(limits: number[], alongM: number, lengthM: number, halt: Halt | undefined): number {
  const first = Math.floor(alongM / PROFILE_M)
  let limit = Math.sqrt(2 * BRAKES_MPS2 * Math.max(0.3, lengthM - alongM))
  if (halt) limit = Math.min(limit, Math.sqrt(2 * BRAKES_MPS2 * Math.max(0.1, halt.alongM - alongM)))
  for (let step = first; step < first + 14; step++) {
    const there = limits[step]
    if (there === undefined) break
    limit = Math.min(limit, Math.sqrt(there ** 2 + 2 * BRAKES_MPS2 * Math.max(0, step * PROFILE_M - alongM)))
  }
  return limit
}

function turnDeg(path: Path, alongM: number): number {
  const [before, here, after] = [path.at(alongM - LOOK_M), path.at(alongM), path.at(alongM + LOOK_M)]
  const from = Math.atan2(here[1] - before[1], here[0] - before[0])
  const to = Math.atan2(after[1] - here[1], after[0] - here[0])
  const turn = Math.abs(((to - from) * 180) / Math.PI)
  return Math.min(turn, 360 - turn)
}
