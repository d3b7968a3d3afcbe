/** `Retry-After`, seconds or a date (RFC 9110 §10.2.3), in milliseconds from now; 0 when it is absent or unreadable. */
export function readRetryAfterMs(header: string | null, nowMs: number): number {
  if (header === null) return 0
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs
  return Number.isFinite(ms) ? Math.max(0, ms) : 0
}
