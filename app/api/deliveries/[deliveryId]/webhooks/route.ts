import { nextRoute } from '#server/api/next-route.ts'

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = nextRoute(
  '/api/deliveries/[deliveryId]/webhooks',
)
