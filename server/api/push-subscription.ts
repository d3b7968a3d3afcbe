import { subscribeBodySchema, unsubscribeBodySchema } from '#contracts/push.ts'
import { services } from '../delivery/services.ts'
import { deliveryEndpoint } from './endpoint.ts'

/** The server's key, and which devices are told: what a page needs to offer its switch. */
export const showPush = deliveryEndpoint({
  roles: ['customer'],
  async answer({ deliveryId }) {
    return { status: 200, body: await services().push.show(deliveryId) }
  },
})

export const subscribeToPush = deliveryEndpoint({
  roles: ['customer'],
  body: subscribeBodySchema,
  async answer({ claims, body, call }) {
    await services().push.subscribe(claims, body, call.context.origin)
    return { status: 204 }
  },
})

export const unsubscribeFromPush = deliveryEndpoint({
  roles: ['customer'],
  body: unsubscribeBodySchema,
  async answer({ deliveryId, body }) {
    await services().push.unsubscribe(deliveryId, body.endpoint)
    return { status: 204 }
  },
})
