import { listLocationsQuerySchema } from '#contracts/http.ts'
import { deliveryEndpoint, methodNotAllowed } from '#server/api/endpoint.ts'
import { services } from '#server/delivery/services.ts'

/** The same function that the fast lane calls before a request comes this far. */
export { postLocations as POST } from '#server/api/post-locations.ts'

export const GET = deliveryEndpoint({
  roles: ['rider', 'customer'],
  query: listLocationsQuerySchema,
  async answer({ deliveryId, role, query }) {
    return { status: 200, body: await services().listLocations(deliveryId, { ...query, reader: role }) }
  },
})

const refuse = methodNotAllowed('GET', 'POST')

export { refuse as DELETE, refuse as OPTIONS, refuse as PATCH, refuse as PUT }
