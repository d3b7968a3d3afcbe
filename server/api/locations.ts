import {
  listLocationsQuerySchema,
  postLocationsBodySchema,
  RIDER_DEVICE_HEADER,
  SENT_AT_HEADER,
} from '#contracts/http.ts'
import { readerOf } from '#domain/links.ts'
import { services } from '../delivery/services.ts'
import { deliveryEndpoint, sharedEndpoint } from './endpoint.ts'
import { isKnownVersion } from './etag.ts'
import { readPlainPost } from './plain-post.ts'
import { readSentAt } from './sent-at.ts'

const SENT_AT = SENT_AT_HEADER.toLowerCase()
const RIDER_DEVICE = RIDER_DEVICE_HEADER.toLowerCase()

/** Riders call this all the time: its cost decides how many riders an instance can carry. */
export const postLocations = deliveryEndpoint({
  roles: ['rider'],
  body: postLocationsBodySchema,
  plainBody: readPlainPost,
  async answer({ delivery, body, call }) {
    const { requestId, traceparent, receivedAtMs } = call.context
    const post = {
      requestId,
      traceparent,
      receivedAtMs,
      sentAtMs: readSentAt(call.header(SENT_AT), receivedAtMs),
      // An empty header counts as a missing one.
      deviceId: call.header(RIDER_DEVICE) || undefined,
    }
    return { status: 202, body: await services().acceptLocations(delivery, body, post) }
  },
})

export const listLocations = sharedEndpoint({
  roles: ['rider', 'customer'],
  query: listLocationsQuerySchema,
  async answer({ deliveryId, asker, query }) {
    const reader = readerOf(asker)
    return { status: 200, body: await services().listLocations(deliveryId, { ...query, reader }) }
  },
})

/** The polling twin of the push: the newest location, for clients that ask again and again. */
export const currentLocation = deliveryEndpoint({
  roles: ['customer'],
  async answer({ deliveryId, call }) {
    const location = await services().currentLocation(deliveryId)
    if (location === null) return { status: 204 }
    // (delivery, seq) is the location's identity, so the seq names this version of the answer.
    const etag = `"${location.seq}"`
    const headers = { ETag: etag, 'Cache-Control': 'private, no-cache' }
    if (isKnownVersion(call.header('if-none-match'), etag)) return { status: 304, headers }
    return { status: 200, body: location, headers }
  },
})
