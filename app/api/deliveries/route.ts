import { createDeliveryBodySchema } from '#contracts/http.ts'
import { dispatchEndpoint, methodNotAllowed } from '#server/api/endpoint.ts'
import { services } from '#server/delivery/services.ts'

export const POST = dispatchEndpoint({
  body: createDeliveryBodySchema,
  async answer({ body }) {
    return { status: 201, body: await services().createDelivery(body) }
  },
})

const refuse = methodNotAllowed('POST')

export { refuse as DELETE, refuse as GET, refuse as HEAD, refuse as OPTIONS, refuse as PATCH, refuse as PUT }
