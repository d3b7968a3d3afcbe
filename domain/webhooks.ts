import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { WebhookType } from '#contracts/webhook.ts'

export function webhookTypeOf(status: DeliveryStatus): WebhookType {
  return status === 'accepted' ? 'delivery.created' : `delivery.${status}`
}

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]
/** After each try that failed; after the last one it is given up: three days after the first. */
const WAITS_MS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]
const LONGEST_WAIT_MS = 24 * HOUR

/**
 * How long to wait after this try has failed (1: the first), or null when it was the last one. Up to a fifth more than the
 * schedule, so that what failed together does not come back together; what the receiver asks for counts, up to a day.
 */
export function waitAfterTryMs(tries: number, random: () => number, askedMs: number): number | null {
  const ms = WAITS_MS[tries - 1]
  if (ms === undefined) return null
  return Math.min(LONGEST_WAIT_MS, Math.max(ms * (1 + random() / 5), askedMs))
}

/** What comes of an answer. A redirection is not followed, so it is a failure as well. */
export function judgeWebhookAnswer(status: number): 'sent' | 'gone' | 'failed' {
  if (status >= 200 && status < 300) return 'sent'
  return status === 410 ? 'gone' : 'failed'
}
