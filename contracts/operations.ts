import { z } from 'zod'

/** `GET /healthz` */
export const aliveAnswerSchema = z.object({ status: z.literal('alive') })

const dependencyStateSchema = z.enum(['ok', 'unavailable'])
export type DependencyState = z.infer<typeof dependencyStateSchema>

/** `GET /readyz`: ready or not, and each dependency by its name. */
export const readinessAnswerSchema = z.object({ ready: z.boolean() }).catchall(dependencyStateSchema)
