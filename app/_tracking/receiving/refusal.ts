import { z } from 'zod'
import { parseRetryAfterMs } from '#app/_http/retry-after.ts'
import { type ProblemCode, problemCodeSchema } from '#contracts/problem.ts'

const refusedSchema = z.object({
  data: z.object({ code: problemCodeSchema, retryAfterMs: z.number().min(0).optional() }),
})
/** A request of the polling that was answered with an error; why a WebSocket was not opened no browser tells. */
const answeredSchema = z.object({
  context: z.custom<Pick<XMLHttpRequest, 'getResponseHeader'>>(
    (value) => typeof value === 'object' && value !== null && 'getResponseHeader' in value,
  ),
})

/** What a `connect_error` says. */
export type Refusal = {
  /** null when the handshake did not reach the server's check. */
  code: ProblemCode | null
  /** null when the server said nothing about it. */
  retryAfterMs: number | null
}

export function readRefusal(error: unknown): Refusal {
  const refused = refusedSchema.safeParse(error)
  if (refused.success) {
    const { code, retryAfterMs = null } = refused.data.data
    return { code, retryAfterMs }
  }
  const answered = answeredSchema.safeParse(error)
  const header = answered.success ? answered.data.context.getResponseHeader('retry-after') : null
  return { code: null, retryAfterMs: parseRetryAfterMs(header, Date.now()) }
}

/** Whether retrying with the same link is useless. */
export function isFinalRefusal(code: ProblemCode): boolean {
  return (
    code === 'unauthenticated' || code === 'forbidden' || code === 'not_found' || code === 'delivery_ended'
  )
}
