import { FIRST_PACE_MPS } from './ride-progress.ts'

/** What the finished rides of this installation say of the next one. */
export type UsualRides = {
  /** What a ride is taken to go like until it has shown it, m/s while riding. */
  paceMps: number
  /** How much wider than at first the ranges have to be, for nine in ten to hold. */
  rangeFactor: number
}

/** A two-wheeler through a city, as long as nothing is known. */
export const FIRST_RIDES: UsualRides = { paceMps: FIRST_PACE_MPS, rangeFactor: 1 }

/** Of one ride that ended at the door. */
export type FinishedRide = {
  /** While riding, m/s. */
  paceMps: number
  /** By how much its ranges, as they were at first, had to be multiplied for nine in ten to hold its arrival. */
  rangeNeed: number
}

/** A scooter at a run and one on a motorway; beyond is no ride, as when a demo rides at ten times the speed of life. */
const [SLOWEST_MPS, FASTEST_MPS] = [1.5, 16]
/** So many rides of an imagined usual kind count beside the real ones, so that the first few do not decide alone. */
const IMAGINED = 10
/** Each ride counts so much of the one after it. */
const KEPT = 0.985
/** It costs less to expect a rider too early than too late: the start is a fast ride's. */
export const OPTIMISM = 1.12
export const [SLOWEST_USUAL_MPS, FASTEST_USUAL_MPS] = [3, 12]
const [NARROWEST, WIDEST] = [0.7, 1.8]

export const RIDES_THAT_COUNT = 200

export function isRide({ paceMps }: FinishedRide): boolean {
  return paceMps >= SLOWEST_MPS && paceMps <= FASTEST_MPS
}

/** Of the last rides, newest first: medians, which a nonsense ride among them does not move. */
export function usualOf(rides: readonly FinishedRide[]): UsualRides {
  const real = rides.filter(isRide).slice(0, RIDES_THAT_COUNT)
  if (real.length === 0) return FIRST_RIDES
  const weights = [...real.map((_, index) => KEPT ** index), IMAGINED]
  const pace = weightedQuantile(
    [...real.map(({ paceMps }) => paceMps), FIRST_RIDES.paceMps / OPTIMISM],
    weights,
    0.5,
  )
  const need = weightedQuantile([...real.map(({ rangeNeed }) => rangeNeed), 1], weights, 0.75)
  return {
    paceMps: clamp(pace * OPTIMISM, SLOWEST_USUAL_MPS, FASTEST_USUAL_MPS),
    rangeFactor: clamp(need, NARROWEST, WIDEST),
  }
}

function weightedQuantile(values: readonly number[], weights: readonly number[], share: number): number {
  const ordered = values.map((value, index) => ({ value, weight: weights[index] ?? 0 }))
  ordered.sort((a, b) => a.value - b.value)
  const total = ordered.reduce((sum, { weight }) => sum + weight, 0)
  let below = 0
  for (const { value, weight } of ordered) {
    below += weight
    if (below >= share * total) return value
  }
  return values.at(-1) ?? Number.NaN
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max)
}
