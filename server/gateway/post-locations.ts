import { postLocationsBodySchema } from '#contracts/http.ts'
import { services } from '../services.ts'
import { deliveryEndpoint } from './endpoint.ts'

/** `POST /api/deliveries/:id/locations`: the hot route, mounted by Next and, straight, by the fast lane. */
export const postLocations = deliveryEndpoint({
  roles: ['rider'],
  body: postLocationsBodySchema,
  async answer({ deliveryId, body, context }) {
    return { status: 202, body: await services().acceptLocations(deliveryId, body, context) }
  },
})
