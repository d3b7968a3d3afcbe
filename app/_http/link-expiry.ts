import { z } from 'zod'

const payloadSchema = z.object({ exp: z.number() })
/** Allowance for clocks that differ. */
const TOLERANCE_MS = 60_000

/**
 * Whether the token's `exp` has passed (RFC 7519 §4.1.4). Used only to choose words: the server alone decides what a link
 * opens. A token that cannot be read counts as not expired.
 */
export function hasExpired(token: string, nowMs: number): boolean {
  const payload = payloadSchema.safeParse(readPayload(token))
  return payload.success && payload.data.exp * 1_000 <= nowMs + TOLERANCE_MS
}

function readPayload(token: string): unknown {
  try {
    return JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    // A truncated or altered token: the server refuses it, and the page has words for that.
    return undefined
  }
}
