import type { IncomingMessage } from 'node:http'

/**
 * Whether a browser sent this for a page of another site. Browsers say so themselves: `Sec-Fetch-Site` (Fetch
 * Metadata) where the connection is trustworthy, `Origin` with every WebSocket handshake and every POST. Clients that
 * are no browser send neither, and have no user whose rights could be abused.
 */
export function isFromForeignPage({ headers }: IncomingMessage, host: string | undefined): boolean {
  if (headers['sec-fetch-site'] === 'cross-site') return true
  if (headers.origin === undefined) return false
  try {
    return new URL(headers.origin).host !== host
  } catch {
    // `null`: a sandboxed page, or one without an address.
    return true
  }
}
