import { deliveryEndpoint, methodNotAllowed } from '#server/api/endpoint.ts'
import { services } from '#server/delivery/services.ts'

export const GET = deliveryEndpoint({
  roles: ['rider', 'customer'],
  async answer({ deliveryId, role }) {
    return { status: 200, body: await services().snapshot(deliveryId, role) }
  },
})

const refuse = methodNotAllowed('GET')

export { refuse as DELETE, refuse as OPTIONS, refuse as PATCH, refuse as POST, refuse as PUT }
