import { findPlacesBodySchema } from '#contracts/http.ts'
import { services } from '../delivery/services.ts'
import { dispatchEndpoint } from './endpoint.ts'

/** A POST, because an address in a query would stand in the logs of what is in between. */
export const findPlaces = dispatchEndpoint({
  body: findPlacesBodySchema,
  async answer({ body }) {
    return { status: 200, body: await services().findPlaces(body) }
  },
})
