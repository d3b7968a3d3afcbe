import {
  changeStatus,
  createDelivery,
  eraseDelivery,
  listDeliveries,
  replaceLink,
  showDelivery,
  takeOver,
} from './deliveries.ts'
import { issueDeviceCode } from './device-code.ts'
import { showAsyncApi, showOpenApi } from './documents.ts'
import { type Endpoint, methodNotAllowed, notFound } from './endpoint.ts'
import { currentLocation, listLocations, postLocations } from './locations.ts'
import { reportFromOwnTracks } from './owntracks.ts'
import { findPlaces } from './places.ts'
import { showPush, subscribeToPush, unsubscribeFromPush } from './push-subscription.ts'
import { reportFromTraccar } from './traccar.ts'
import { exportTrack } from './tracks.ts'
import { listWebhooks, sendWebhookAgain } from './webhooks.ts'

/** A HEAD is answered as a GET: Node leaves the body out. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof METHODS)[number]

/** Every call of the API. Each path has its route file in app/ as well, where Next looks for it: see next-route.ts. */
export const API_ROUTES: ReadonlyMap<string, Partial<Record<Method, Endpoint>>> = new Map(
  Object.entries({
    '/api/deliveries': { GET: listDeliveries, POST: createDelivery },
    '/api/deliveries/[deliveryId]': { GET: showDelivery, DELETE: eraseDelivery },
    '/api/deliveries/[deliveryId]/locations': { GET: listLocations, POST: postLocations },
    '/api/deliveries/[deliveryId]/location': { GET: currentLocation },
    '/api/deliveries/[deliveryId]/track.gpx': { GET: exportTrack('gpx') },
    '/api/deliveries/[deliveryId]/track.geojson': { GET: exportTrack('geojson') },
    '/api/deliveries/[deliveryId]/status': { POST: changeStatus },
    '/api/deliveries/[deliveryId]/links': { POST: replaceLink },
    '/api/deliveries/[deliveryId]/device': { POST: takeOver },
    '/api/deliveries/[deliveryId]/device-code': { POST: issueDeviceCode },
    '/api/deliveries/[deliveryId]/push-subscription': {
      GET: showPush,
      PUT: subscribeToPush,
      DELETE: unsubscribeFromPush,
    },
    '/api/deliveries/[deliveryId]/webhooks': { GET: listWebhooks, POST: sendWebhookAgain },
    '/api/devices/traccar': { GET: reportFromTraccar, POST: reportFromTraccar },
    '/api/devices/owntracks': { POST: reportFromOwnTracks },
    '/api/places': { POST: findPlaces },
    '/openapi.json': { GET: showOpenApi },
    '/asyncapi.json': { GET: showAsyncApi },
  }),
)

/** Returns the endpoint of this method at this path; for an unknown path, the endpoint that answers 404. */
export function endpointAt(path: string, method: string): Endpoint {
  const methods = API_ROUTES.get(path)
  if (!methods) return notFound
  const own = methods[(method === 'HEAD' ? 'GET' : method) as Method]
  return own ?? methodNotAllowed(Object.keys(methods))
}
