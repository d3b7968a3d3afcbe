import { replaceLinkBodySchema } from '#contracts/http.ts'
import { methodNotAllowed, sharedEndpoint } from '#server/api/endpoint.ts'
import { services } from '#server/delivery/services.ts'

/** A link that leaked is replaced: the old one opens nothing any more. */
export const POST = sharedEndpoint({
  roles: ['rider'],
  body: replaceLinkBodySchema,
  async answer({ deliveryId, asker, body: { role }, context: { requestId } }) {
    return { status: 201, body: await services().replaceLink(deliveryId, { role, asker, requestId }) }
  },
})

const refuse = methodNotAllowed('POST')

export { refuse as DELETE, refuse as GET, refuse as HEAD, refuse as OPTIONS, refuse as PATCH, refuse as PUT }
