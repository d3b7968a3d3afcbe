import { z } from 'zod'
import { type ProblemCode, problemCodeSchema } from '#contracts/problem.ts'

const refusedSchema = z.object({ data: z.object({ code: problemCodeSchema }) })

/** The code in a `connect_error`; null when the handshake did not reach the server's check. */
export function refusalCode(error: unknown): ProblemCode | null {
  const parsed = refusedSchema.safeParse(error)
  return parsed.success ? parsed.data.data.code : null
}

/** Whether retrying with the same link is useless. */
export function isFinalRefusal(code: ProblemCode): boolean {
  return (
    code === 'unauthenticated' || code === 'forbidden' || code === 'not_found' || code === 'delivery_ended'
  )
}
