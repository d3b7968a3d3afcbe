import { hkdfSync, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const HEADER = 'x-sent-on'

/**
 * The mark of a call that one instance has let in and passes on to another, which need not count it again. It follows from
 * the secret that only instances have; a client that sends a mark of its own is a client like any other.
 */
export type SentOn = {
  headers: Readonly<Record<string, string>>
  isMarked(request: Pick<IncomingMessage, 'headers'>): boolean
}

export function createSentOn(secret: string): SentOn {
  const text = Buffer.from(hkdfSync('sha256', secret, '', 'rider-live sent on', 32)).toString('base64url')
  const mark = Buffer.from(text)
  return {
    headers: { [HEADER]: text },
    isMarked({ headers: { [HEADER]: shown } }) {
      if (shown === undefined) return false
      const given = Buffer.from(String(shown))
      return given.length === mark.length && timingSafeEqual(given, mark)
    },
  }
}
