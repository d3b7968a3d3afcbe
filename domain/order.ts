import type { Order } from '#contracts/order.ts'
import type { LatLng, Place } from '#contracts/place.ts'
import { roundDegrees } from './digits.ts'
import { distanceM } from './geometry.ts'

const DAY_MS = 86_400_000
/** Orders are sent late as well: by a system that was down, or one that catches up. */
const PROMISE_PAST_MS = DAY_MS
const PROMISE_AHEAD_MS = 366 * DAY_MS
/** Farther than this no courier rides in a day. */
const FARTHEST_M = 2_000_000
/** The way to the next street. */
const ROUTE_OFF_M = 1_000

/** The order as it is stored: what says the same is the same. */
export function normaliseOrder(order: Order): Order {
  const { rider, customer, route, pin, ...rest } = order
  return {
    ...rest,
    store: rounded(order.store),
    destination: rounded(order.destination),
    ...(isSaid(rider) && { rider }),
    ...(isSaid(customer) && { customer }),
    ...(route && { route: route.map(([lat, lng]): LatLng => [roundDegrees(lat), roundDegrees(lng)]) }),
    ...(pin && { pin }),
  }
}

const rounded = <P extends Place>(place: P): P => ({
  ...place,
  lat: roundDegrees(place.lat),
  lng: roundDegrees(place.lng),
})

const isSaid = (person: Order['rider']): boolean => Object.values(person ?? {}).some((v) => v !== undefined)

type Fault = { field: string; detail: string }

/** Returns what cannot be meant by an order that has the right shape; null when there is nothing. */
export function findOrderFault(
  { store, destination, route, promisedAtMs }: Order,
  nowMs: number,
): Fault | null {
  const apartM = distanceM(at(store), at(destination))
  if (apartM > FARTHEST_M)
    return {
      field: 'destination',
      detail: `The destination is ${km(apartM)} from the store, and a ride goes ${km(FARTHEST_M)} at most. Are lat and lng swapped?`,
    }
  if (promisedAtMs !== undefined && promisedAtMs < nowMs - PROMISE_PAST_MS)
    return { field: 'promisedAtMs', detail: 'The promise is more than a day old. Is it in milliseconds?' }
  if (promisedAtMs !== undefined && promisedAtMs > nowMs + PROMISE_AHEAD_MS)
    return { field: 'promisedAtMs', detail: 'The promise is more than a year ahead. Is it in milliseconds?' }
  return route ? findRouteFault(route, store, destination) : null
}

function findRouteFault(route: readonly LatLng[], store: Place, destination: Place): Fault | null {
  const [first, last] = [route[0], route.at(-1)]
  if (!first || !last) return null
  const [startsOffM, endsOffM] = [distanceM(first, at(store)), distanceM(last, at(destination))]
  if (startsOffM > ROUTE_OFF_M)
    return {
      field: 'route.0',
      detail: `The route starts ${km(startsOffM)} from the store; it may be ${km(ROUTE_OFF_M)} at most.`,
    }
  if (endsOffM > ROUTE_OFF_M)
    return {
      field: `route.${route.length - 1}`,
      detail: `The route ends ${km(endsOffM)} from the destination; it may be ${km(ROUTE_OFF_M)} at most.`,
    }
  return null
}

const at = ({ lat, lng }: Place): LatLng => [lat, lng]
const km = (metres: number): string =>
  `${(metres / 1_000).toLocaleString('en', { maximumFractionDigits: 1 })} km`
