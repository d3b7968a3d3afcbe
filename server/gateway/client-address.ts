import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'
import { StartUpError } from '../start-up-error.ts'

/**
 * The client's address: the socket's, unless that is a trusted proxy; then what the proxy says in
 * X-Forwarded-For, read from the right as far as trust goes. Anyone may send that header, so nobody else is believed.
 */
export function createClientAddress(trustedProxies: string[]): (request: IncomingMessage) => string {
  try {
    const trusts = proxyAddr.compile(trustedProxies)
    return (request) => proxyAddr(request, trusts)
  } catch (cause) {
    throw new StartUpError('TRUSTED_PROXIES must list addresses or networks, e.g. 10.0.0.0/8,127.0.0.1', {
      cause,
    })
  }
}
