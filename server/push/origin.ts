import type { IncomingMessage } from 'node:http'

/**
 * Browsers send Origin with every WebSocket handshake and let any page open one: without this check a foreign page
 * could use a customer's browser (cross-site WebSocket hijacking; RFC 6455 §10.2). Clients that are no browser send
 * none and have nothing to be abused.
 */
export function isAllowedOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
  if (origin === undefined) return true
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}
