const FIRST_MS = 500
const LONGEST_MS = 15_000

/**
 * How long to wait before attempt number `failures + 1`: "equal jitter", half fixed and half random, so that a thousand
 * pages that lost the server together do not all come back together. Never shorter than what the server asked for.
 */
export function backoffMs(
  failures: number,
  random: () => number,
  retryAfterMs: number | null = null,
): number {
  const ceilingMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1))
  const waitMs = ceilingMs / 2 + (ceilingMs / 2) * random()
  return retryAfterMs === null ? waitMs : retryAfterMs + (ceilingMs / 2) * random()
}
