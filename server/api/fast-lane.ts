import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { RouteHandler } from './endpoint.ts'

const PATH = /^\/api\/deliveries\/([^/?]+)\/locations(?:\?|$)/

/**
 * Riders post all the time, and Next's own dispatch costs some 25 times the CPU of the handler. This lane calls the
 * same exported handler straight from the server, through Hono's Node adapter (Request in, Response out).
 * Returns false when the request is not for it.
 */
export function createFastLane(postLocations: RouteHandler) {
  const listen = getRequestListener(
    (request, { incoming }) =>
      postLocations(request, { params: Promise.resolve({ deliveryId: deliveryId(incoming.url) }) }),
    // Next's own Request and Response stay in place.
    { overrideGlobalObjects: false },
  )
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== 'POST' || deliveryId(request.url) === '') return false
    void listen(request, response)
    return true
  }
}

function deliveryId(url: string | undefined): string {
  const encoded = PATH.exec(url ?? '')?.[1] ?? ''
  try {
    return decodeURIComponent(encoded)
  } catch {
    // Not a name of anything: Next answers such addresses.
    return ''
  }
}
