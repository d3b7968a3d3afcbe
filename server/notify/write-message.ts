import { createHash } from 'node:crypto'
// Node finds the function by the default export only.
import webPush from 'web-push'
import type { Notice } from '#contracts/push.ts'
import { issueLink } from '../access/issue-link.ts'
import type { Tokens } from '../access/tokens.ts'
import type { VapidKeys } from '../access/vapid-keys.ts'
import type { DueNotice } from '../db/push-subscriptions.ts'
import { wordsFor } from './words.ts'

type Dependencies = { tokens: Tokens; keys: VapidKeys; subject: string | undefined }

/**
 * The message for one browser: encrypted for it alone (RFC 8291), signed with the server's key (RFC 8292). All messages of a
 * delivery have one topic (RFC 8030 §5.4), so of those that a phone could not be given it gets the last one only.
 */
export function createWriteMessage({ tokens, keys, subject }: Dependencies) {
  return async (due: DueNotice, ttlMs: number) => {
    const { deliveryId: id, endpoint, p256dh, auth, status, atMs, promisedAtMs } = due
    const { url } = issueLink(
      tokens,
      { id, ...(promisedAtMs !== undefined && { promisedAtMs }) },
      { role: 'customer', version: due.customerVersion },
    )
    const notice: Notice = { v: 1, deliveryId: id, status, atMs, ...wordsFor(due.language, status), url }
    const { headers, body } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify(notice),
      {
        vapidDetails: { subject: subject ?? asSubject(due.origin), ...keys },
        contentEncoding: 'aes128gcm',
        TTL: Math.ceil(ttlMs / 1_000),
        // Whoever waits for a rider is told at once, also by a phone that saves its battery.
        urgency: 'high',
        topic: createHash('sha256').update(id).digest('base64url').slice(0, 32),
      },
    )
    return { headers: headers as Record<string, string | number>, body: body as Buffer }
  }
}

/** Whom a push service can turn to: the page itself. It has to be https, which on a developer's own machine it is not. */
function asSubject(origin: string): string {
  const { host, hostname } = new URL(origin)
  return `https://${hostname === 'localhost' ? '127.0.0.1' : host}`
}
