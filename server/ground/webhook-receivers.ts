import { createHash } from 'node:crypto'

export type WebhookReceiver = {
  url: string
  /** Stands for the address where it is stored: that may have a secret in it. */
  key: string
  /** What may be shown of it. */
  host: string
}

/** The key of the receiver that a visitor of /inside has started begins so. */
export const EXTRA_RECEIVER = 'inside-'

export function webhookReceivers(urls: readonly string[]): WebhookReceiver[] {
  return [...new Set(urls)].map((url) => ({
    url,
    key: createHash('sha256').update(url).digest('hex').slice(0, 32),
    host: new URL(url).host,
  }))
}
