import {
  listDeliveriesQuerySchema,
  postDeviceBodySchema,
  postStatusBodySchema,
  replaceLinkBodySchema,
} from '#contracts/http.ts'
import { createDeliveryBodySchema } from '#contracts/order.ts'
import { readerOf } from '#domain/links.ts'
import { services } from '../delivery/services.ts'
import { deliveryEndpoint, dispatchEndpoint, dispatchOnlyEndpoint, sharedEndpoint } from './endpoint.ts'

export const createDelivery = dispatchEndpoint({
  body: createDeliveryBodySchema,
  async answer({ body, call }) {
    const { scenario, store, destination, ...order } = body
    // The schema has seen to it that an order has both.
    if (!store || !destination)
      return { status: 201, body: await services().createDelivery({ scenario }, call.context) }
    const { isNew, ...answer } = await services().createOrder({ store, destination, ...order }, call.context)
    return { status: isNew ? 201 : 200, body: answer }
  },
})

export const listDeliveries = dispatchEndpoint({
  query: listDeliveriesQuerySchema,
  async answer({ query }) {
    return { status: 200, body: await services().listDeliveries(query) }
  },
})

export const showDelivery = sharedEndpoint({
  roles: ['rider', 'customer'],
  async answer({ deliveryId, asker }) {
    return { status: 200, body: await services().snapshot(deliveryId, readerOf(asker)) }
  },
})

/** Nothing of it is kept, and its links stop. */
export const eraseDelivery = dispatchOnlyEndpoint(async ({ deliveryId, call }) => {
  await services().eraseDelivery(deliveryId, call.context)
  return { status: 204 }
})

export const changeStatus = sharedEndpoint({
  roles: ['rider'],
  body: postStatusBodySchema,
  async answer({ deliveryId, asker, body, call }) {
    const by = asker === 'dispatch' ? asker : 'rider'
    const { requestId } = call.context
    return {
      status: 200,
      body: { status: await services().changeStatus(deliveryId, body, { by, requestId }) },
    }
  },
})

/** A link that leaked is replaced: the old one opens nothing any more. */
export const replaceLink = sharedEndpoint({
  roles: ['rider'],
  body: replaceLinkBodySchema,
  async answer({ deliveryId, asker, body: { role }, call }) {
    const { requestId } = call.context
    return { status: 201, body: await services().replaceLink(deliveryId, { role, asker, requestId }) }
  },
})

/** This device rides from now on. */
export const takeOver = deliveryEndpoint({
  roles: ['rider'],
  body: postDeviceBodySchema,
  async answer({ deliveryId, body, call }) {
    return { status: 200, body: await services().takeOver(deliveryId, body, call.context) }
  },
})
