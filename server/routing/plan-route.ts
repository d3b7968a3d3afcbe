import type { LatLng, Place } from '#contracts/place.ts'
import { findRoute, isInCity } from '#demo-city/find-route.ts'
import type { Logger } from '../logger.ts'
import { type AskRouter, createAskRouter } from './ask-router.ts'

export type PlannedRoute = {
  route: LatLng[]
  /** Whether it follows streets. */
  routed: boolean
  /** How long a router takes it to last; undefined without one. */
  durationMs?: number | undefined
}
type Point = Pick<Place, 'lat' | 'lng'>
/** Always finds a way, within 1.2 s; one that follows streets where a planner is at hand. */
export type PlanRoute = (from: Point, to: Point) => Promise<PlannedRoute>
/** Whether a planner may know the streets there. */
export type MayKnowStreets = (at: Point) => boolean

type Options = {
  /** Of a server that speaks OSRM's HTTP v1; null without one. */
  routeUrl: string | null
  demo: boolean
  logger: Logger
}

export function createMayKnowStreets({ routeUrl, demo }: Omit<Options, 'logger'>): MayKnowStreets {
  return ({ lat, lng }) => routeUrl !== null || (demo && isInCity([lat, lng]))
}

/** By the router; where it has no way, inside the demo's city along its drawn streets; elsewhere straight. */
export function createPlanRoute({ routeUrl, demo, logger }: Options): PlanRoute {
  const askRouter: AskRouter = routeUrl === null ? async () => null : createAskRouter(routeUrl, logger)
  return async (from, to) => {
    const [start, end]: [LatLng, LatLng] = [
      [from.lat, from.lng],
      [to.lat, to.lng],
    ]
    const found = await askRouter(start, end)
    if (found) return { ...found, routed: true }
    if (demo && isInCity(start) && isInCity(end)) {
      try {
        return { route: findRoute(start, end, []), routed: true }
      } catch (err) {
        logger.debug({ err }, 'The drawn city has no way between these places')
      }
    }
    return { route: [start, end], routed: false }
  }
}
