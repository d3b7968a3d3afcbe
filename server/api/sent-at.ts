/** Longer than a request may be under way, and than a clock that follows ours is off. */
const AT_MOST_APART_MS = 60_000

/** The device's own word on when it sent a request, or undefined when that cannot be. It decides nothing. */
export function readSentAt(header: string | null, receivedAtMs: number): number | undefined {
  if (header === null || !/^\d{1,16}$/.test(header)) return undefined
  const sentAtMs = Number(header)
  return Math.abs(sentAtMs - receivedAtMs) <= AT_MOST_APART_MS ? sentAtMs : undefined
}
