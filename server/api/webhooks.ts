import { resendWebhookBodySchema } from '#contracts/webhook.ts'
import { services } from '../delivery/services.ts'
import { dispatchEndpoint, dispatchOnlyEndpoint } from './endpoint.ts'

/** What the shop's systems were told of a delivery. */
export const listWebhooks = dispatchOnlyEndpoint(async ({ deliveryId }) => {
  return { status: 200, body: await services().webhooks.list(deliveryId) }
})

/** An event is sent again, also one that was taken, or given up, or whose receiver is switched off. */
export const sendWebhookAgain = dispatchEndpoint({
  body: resendWebhookBodySchema,
  async answer({ body, call }) {
    return { status: 202, body: await services().webhooks.sendAgain(call.deliveryId, body.id) }
  },
})
