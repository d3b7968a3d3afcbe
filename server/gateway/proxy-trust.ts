import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'
import { StartUpError } from '../ground/start-up-error.ts'

/**
 * Where a request came from. The X-Forwarded headers count only from a trusted proxy: every client can send them.
 */
export type ProxyTrust = {
  isTrusted(address: string): boolean
  /** The socket's address, or what trusted proxies say in X-Forwarded-For, read from the right as far as trust goes. */
  clientAddress(request: IncomingMessage): string
  /** The host the client asked for: a proxy may have put another one into Host. */
  host(request: IncomingMessage): string | undefined
  /** Whether the client's side of the proxy is TLS; this server itself speaks plain HTTP. */
  isSecure(request: IncomingMessage): boolean
}

/** @throws StartUpError when the list cannot be read */
export function createProxyTrust(trustedProxies: string[]): ProxyTrust {
  const trusts = compile(trustedProxies)
  const isTrusted = (address: string) => trusts(address, 0)
  const forwarded = (request: IncomingMessage, header: string) => {
    if (request.headers[header] === undefined) return undefined
    const { remoteAddress } = request.socket
    return remoteAddress !== undefined && isTrusted(remoteAddress)
      ? firstOf(request.headers[header])
      : undefined
  }
  return {
    isTrusted,
    clientAddress(request) {
      // A connection that is gone already has no address.
      const { remoteAddress = '' } = request.socket
      if (remoteAddress === '' || request.headers['x-forwarded-for'] === undefined) return remoteAddress
      return proxyAddr(request, trusts)
    },
    host: (request) => forwarded(request, 'x-forwarded-host') ?? request.headers.host,
    isSecure: (request) => forwarded(request, 'x-forwarded-proto') === 'https',
  }
}

function compile(trustedProxies: string[]): (address: string, hop: number) => boolean {
  try {
    return proxyAddr.compile(trustedProxies)
  } catch (cause) {
    throw new StartUpError('TRUSTED_PROXIES must list addresses or networks, e.g. 10.0.0.0/8,127.0.0.1', {
      cause,
    })
  }
}

/** Several proxies make a list of it; the client's own comes first. */
function firstOf(header: string | string[] | undefined): string | undefined {
  return (
    String(header ?? '')
      .split(',', 1)[0]
      ?.trim() || undefined
  )
}
