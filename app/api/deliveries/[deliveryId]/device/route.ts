import { postDeviceBodySchema } from '#contracts/http.ts'
import { deliveryEndpoint, methodNotAllowed } from '#server/api/endpoint.ts'
import { services } from '#server/delivery/services.ts'

/** This device rides from now on. */
export const POST = deliveryEndpoint({
  roles: ['rider'],
  body: postDeviceBodySchema,
  async answer({ deliveryId, body, context }) {
    return { status: 200, body: await services().takeOver(deliveryId, body, context) }
  },
})

const refuse = methodNotAllowed('POST')

export { refuse as DELETE, refuse as GET, refuse as HEAD, refuse as OPTIONS, refuse as PATCH, refuse as PUT }
