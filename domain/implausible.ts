import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { distanceM, isSurelyWithin } from './geometry.ts'

export const IMPLAUSIBLE_REASONS = ['null_island', 'uncertain', 'jump'] as const
export type ImplausibleReason = (typeof IMPLAUSIBLE_REASONS)[number]

export type Ride = Pick<Delivery, 'route' | 'store' | 'destination'>
/** What has come in of the delivery before. */
export type Believing = {
  /** The newest place, by seq, that was believed. */
  believed: Location | null
  /** Those after it that were not, by seq. */
  unbelieved: readonly Location[]
}

/** 360 km/h: faster than anything that carries a meal and than the demo's ride at ×10, slower than a position that jumped. */
const PLAUSIBLE_MPS = 100
/** Between tall buildings a position is off by this now and then, and finds back by itself. */
const NO_JUMP_WITHIN_M = 500
/** On a short ride, too, a position from the cell tower is better than none. */
const CERTAIN_ENOUGH_M = 1_000
/** So many readings in a row that agree are right about a place, however far away it is. */
const BELIEVED_IN_A_ROW = 3
/** About 1.1 km around 0,0, in the sea off Ghana, where devices are that have not found out where they are. */
const NULL_ISLAND_DEG = 0.01
const NULL_ISLAND: LatLng = [0, 0]
const RIDES_THERE_M = 50_000

/**
 * Why a place is not believed; null when it is. A jump is as often the end of a bad reading as the start of one, so what
 * comes next decides: the third reading in a row that agrees is believed, and the ride goes on from there. Null Island
 * and readings that cover the whole ride say nothing about a place, however often they are repeated.
 */
export function judgePlace(
  location: Location,
  { believed, unbelieved }: Believing,
  ride: Ride,
): ImplausibleReason | null {
  const vague = saysNothing(location, ride)
  if (vague) return vague
  if (believed === null || !isImplausibleJump(believed, location)) return null
  const inARow = unbelieved.filter((each) => each.seq < location.seq && !saysNothing(each, ride))
  const agreeing = [...inARow.slice(1 - BELIEVED_IN_A_ROW), location]
  const agree = agreeing.every((each, index) => {
    const before = agreeing[index - 1]
    return before === undefined || !isImplausibleJump(before, each)
  })
  return agreeing.length === BELIEVED_IN_A_ROW && agree ? null : 'jump'
}

function saysNothing({ lat, lng, accuracyM = 0 }: Location, ride: Ride): 'null_island' | 'uncertain' | null {
  const { extentM, atNullIsland } = measure(ride)
  if (Math.abs(lat) <= NULL_ISLAND_DEG && Math.abs(lng) <= NULL_ISLAND_DEG && !atNullIsland)
    return 'null_island'
  return accuracyM > Math.max(extentM, CERTAIN_ENOUGH_M) ? 'uncertain' : null
}

/**
 * Both circles of accuracy are taken off the distance. Under a second the clocks are too coarse to divide by; and each
 * number stands for a second at least, which is all there is to go by when stamps were replaced by the time of receipt.
 */
export function isImplausibleJump(from: Location, to: Location): boolean {
  if (isSurelyWithin(from, to, NO_JUMP_WITHIN_M)) return false
  const apartM =
    distanceM([from.lat, from.lng], [to.lat, to.lng]) - (from.accuracyM ?? 0) - (to.accuracyM ?? 0)
  const recordedS = Math.abs(to.recordedAtMs - from.recordedAtMs) / 1_000
  const seconds = Math.max(recordedS, Math.abs(to.seq - from.seq), 1)
  return apartM > NO_JUMP_WITHIN_M && apartM / seconds > PLAUSIBLE_MPS
}

type Measured = { extentM: number; atNullIsland: boolean }
const measured = new WeakMap<LatLng[], Measured>()

/** How far the ride reaches from its destination. Remembered per route, because every location asks. */
function measure({ route, store, destination }: Ride): Measured {
  const remembered = measured.get(route)
  if (remembered) return remembered
  const end: LatLng = [destination.lat, destination.lng]
  const places: LatLng[] = [...route, [store.lat, store.lng], end]
  const measures = {
    extentM: Math.max(...places.map((place) => distanceM(place, end))),
    atNullIsland: places.some((place) => distanceM(place, NULL_ISLAND) < RIDES_THERE_M),
  }
  measured.set(route, measures)
  return measures
}

const UNBELIEVED_KEPT = 50

/** What is believed once this judged location has come in as well. */
export function withJudged(known: Believing, location: Location): Believing {
  const { believed, unbelieved } = known
  if (believed !== null && location.seq < believed.seq) return known
  // As a rule there are none.
  if (unbelieved.length === 0 && !location.implausible) return { believed: location, unbelieved }
  const later = unbelieved.filter((each) => each.seq > location.seq)
  if (!location.implausible) return { believed: location, unbelieved: later }
  const earlier = unbelieved.filter((each) => each.seq < location.seq)
  return { believed, unbelieved: [...earlier, location, ...later].slice(-UNBELIEVED_KEPT) }
}
