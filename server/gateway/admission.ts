import type { IncomingMessage } from 'node:http'
import type { RateLimiter } from '../access/rate-limit.ts'
import { addressKey } from '../ground/address-key.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { SentOn } from '../ground/sent-on.ts'
import type { ConnectionCap } from './connection-cap.ts'
import { isFromForeignPage } from './foreign-page.ts'
import type { ProxyTrust } from './proxy-trust.ts'
import { refuseMalformed } from './refuse-malformed.ts'

/** Built assets are many, small, and cost nothing; health must be seen especially when others flood. */
export const UNLIMITED = /^\/(?:_next\/static\/|healthz$|readyz$|metrics$)/

export type Admission = {
  /** @throws ProblemError when this request may not go on */
  request(request: IncomingMessage, path: string, address: string): void
  /** @throws ProblemError when this upgrade may not go on */
  upgrade(request: IncomingMessage, address: string): void
}

type Dependencies = {
  connections: ConnectionCap
  addressLimit: RateLimiter
  proxies: ProxyTrust
  sentOn: SentOn
}

/** The conditions for every request and upgrade, before its path is looked at. */
export function createAdmission({ connections, addressLimit, proxies, sentOn }: Dependencies): Admission {
  return {
    request(request, path, address) {
      refuseBeyondCap(request)
      if (!UNLIMITED.test(path)) {
        // What another instance passes on has been counted there.
        if (!sentOn.isMarked(request)) addressLimit.consume(addressKey(address))
        refuseMalformed(request)
      }
      refusePreflight(request)
      // Tokens are never sent by a browser on its own, so this matters where no token is asked for: a foreign page
      // could otherwise have its visitors create the demo's deliveries.
      if (request.method !== 'GET' && request.method !== 'HEAD') refuseForeign(request)
    },
    upgrade(request, address) {
      refuseBeyondCap(request)
      addressLimit.consume(addressKey(address))
      refuseForeign(request)
    },
  }

  function refuseBeyondCap({ socket }: IncomingMessage): void {
    if (!connections.isBeyond(socket)) return
    throw new ProblemError('rate_limited', {
      detail: 'This address has too many connections open.',
      retryAfterMs: 1_000,
      closesConnection: true,
    })
  }

  function refuseForeign(request: IncomingMessage): void {
    if (!isFromForeignPage(request, proxies)) return
    throw new ProblemError('forbidden', { detail: 'Pages of other sites may not call this server.' })
  }
}

/** No other site is served, so the answer to a preflight (Fetch, CORS protocol) is always no. */
function refusePreflight({ method, headers }: IncomingMessage): void {
  if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return
  throw new ProblemError('method_not_allowed', {
    detail: 'Pages of other sites may not call this server.',
    allow: ['GET', 'HEAD', 'POST'],
  })
}
