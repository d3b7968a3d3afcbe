import type { LatLng, Place } from '#contracts/place.ts'

export type PlannedRoute = {
  route: LatLng[]
  /** Whether it follows streets. */
  routed: boolean
}
/** Always finds a way; one that follows streets where a planner is at hand. */
export type PlanRoute = (store: Place, destination: Place) => Promise<PlannedRoute>

export const straightLine: PlanRoute = async (store, destination) => ({
  route: [
    [store.lat, store.lng],
    [destination.lat, destination.lng],
  ],
  routed: false,
})
