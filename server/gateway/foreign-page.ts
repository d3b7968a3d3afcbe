import type { IncomingMessage } from 'node:http'
import type { ProxyTrust } from './proxy-trust.ts'

/**
 * Whether a browser sent this for a page of another site. Browsers say so themselves: `Sec-Fetch-Site` (Fetch
 * Metadata) where the connection is trustworthy, `Origin` with every WebSocket handshake and every POST. Clients that
 * are no browser send neither, and have no user whose rights could be abused.
 */
export function isFromForeignPage(
  request: IncomingMessage,
  proxies: Pick<ProxyTrust, 'host' | 'isSecure'>,
): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers
  if (site === 'cross-site') return true
  if (origin === undefined) return false
  const host = proxies.host(request)
  // Letter for letter: a browser does not send other spellings of the same host (`http://2130706433`, `http://me@host`).
  // A sandboxed page, or one without an address, sends `null`.
  const own = proxies.isSecure(request) ? [`https://${host}`] : [`https://${host}`, `http://${host}`]
  return host === undefined || !own.includes(origin)
}
