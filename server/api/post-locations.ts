import { postLocationsBodySchema, RIDER_DEVICE_HEADER, SENT_AT_HEADER } from '#contracts/http.ts'
import { services } from '../delivery/services.ts'
import { deliveryEndpoint } from './endpoint.ts'
import { readSentAt } from './sent-at.ts'

/** `POST /api/deliveries/:id/locations`: the hot route, mounted by Next and, straight, by the fast lane. */
export const postLocations = deliveryEndpoint({
  roles: ['rider'],
  body: postLocationsBodySchema,
  async answer({ deliveryId, body, headers, context }) {
    const sentAtMs = readSentAt(headers.get(SENT_AT_HEADER), context.receivedAtMs)
    // An empty one says no more than none.
    const deviceId = headers.get(RIDER_DEVICE_HEADER) || undefined
    const post = { ...context, sentAtMs, deviceId }
    return { status: 202, body: await services().acceptLocations(deliveryId, body, post) }
  },
})
