import { z } from 'zod'
import type { StreamShape } from './shapes.ts'

export const instanceStateSchema = z.object({
  instanceId: z.string(),
  /** `embedded` also allows for what only the own broker can do, like being stopped. */
  broker: z.enum(['embedded', 'kafka']),
  /** Levers exist in the demo only. */
  demo: z.boolean(),
  /** Customers whose socket is on this instance. */
  customers: z.number().int().min(0),
  /** Who has this page open, on this instance. */
  visitors: z.number().int().min(0),
})
export type InstanceState = z.infer<typeof instanceStateSchema>

export const instanceStreams = {
  /** The instance that answers this page. */
  'instance:state': { input: z.object({}), event: instanceStateSchema },
} as const satisfies Record<string, StreamShape>
