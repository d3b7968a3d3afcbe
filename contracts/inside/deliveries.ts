import { z } from 'zod'
import { deliverySchema } from '../delivery.ts'
import type { CallShape } from './shapes.ts'

export const runningDeliverySchema = z.object({
  delivery: deliverySchema,
  /** A customer's token for it: the page follows it as any customer would. */
  customerToken: z.string(),
})
export type RunningDelivery = z.infer<typeof runningDeliverySchema>

export const deliveryCalls = {
  /** Those that have not ended, newest first. */
  'deliveries:running': { input: z.object({}), answer: z.array(runningDeliverySchema) },
} as const satisfies Record<string, CallShape>
