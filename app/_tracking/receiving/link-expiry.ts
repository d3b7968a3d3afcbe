import { z } from 'zod'

const payloadSchema = z.object({ exp: z.number() })
/** Clocks differ, and a link in its last minute is as good as expired. */
const TOLERANCE_MS = 60_000

/**
 * Whether the link's time is up, by what stands in its token (RFC 7519 §4.1.4). Only to find the right words: what a
 * link opens is the server's to say. Whatever cannot be read has not expired.
 */
export function hasExpired(token: string, nowMs: number): boolean {
  const payload = payloadSchema.safeParse(readPayload(token))
  return payload.success && payload.data.exp * 1_000 <= nowMs + TOLERANCE_MS
}

function readPayload(token: string): unknown {
  try {
    return JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    // Cut off or altered on its way: the server refuses it, and the page has words for that.
    return undefined
  }
}
