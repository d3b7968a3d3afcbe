import type { LatLng } from '#contracts/place.ts'
import type { Logger } from '../logger.ts'
import { createAskMapServer } from './ask-map-server.ts'
import { type FoundRoute, readRouteAnswer } from './read-route-answer.ts'
import { routeAddress } from './route-url.ts'

/** The way along streets; null when there is none, or nobody to tell it. Never throws, and never takes longer than the deadline. */
export type AskRouter = (from: LatLng, to: LatLng) => Promise<FoundRoute>

/** OSRM says with it that there is no way. */
const BAD_REQUEST = 400

/** Asks the server at `base` for ways. */
export function createAskRouter(base: string, logger: Logger): AskRouter {
  const ask = createAskMapServer('router', logger)
  return async (from, to) => {
    const found = await ask({
      address: routeAddress(base, from, to),
      alsoReads: [BAD_REQUEST],
      read: (body) => readRouteAnswer(body, from, to),
    })
    return found ?? null
  }
}
