import { z } from 'zod'

/** Minutes to go, as the ETA Accuracy Benchmark has them: the start is inside, the end is not. */
export const TO_GO_BUCKETS = ['0-3', '3-6', '6-10', '10-15'] as const

/** How far off the arrival was that was shown with so many minutes to go. */
export const etaErrorSchema = z.object({
  minutesToGo: z.enum(TO_GO_BUCKETS),
  /** The mean; above 0: the rider came later than the middle of the range said. */
  lateBySeconds: z.number(),
})
export type EtaError = z.infer<typeof etaErrorSchema>
