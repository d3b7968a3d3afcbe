import type { IncomingMessage } from 'node:http'
import { ProblemError } from '../ground/problem-error.ts'

/** The methods that every route answers, if only with 405. Others are unknown to Next and to the Fetch standard. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * Refuses requests that Node's parser lets through and the code behind it cannot handle: each would be answered in
 * another shape.
 * @throws ProblemError `method_not_allowed`, `invalid_body` or `not_found`
 */
export function refuseMalformed({ method = '', headers: { host }, url = '' }: IncomingMessage): void {
  if (!METHODS.includes(method))
    throw new ProblemError('method_not_allowed', { detail: `There is no ${method} here.`, allow: METHODS })
  if (host === undefined || !namesHost(host))
    throw new ProblemError('invalid_body', { detail: 'The Host header names no host.', field: 'Host' })
  // A whole URL is for proxies (RFC 9112 §3.2.2): Next would send its client there.
  if (!url.startsWith('/') || !isDecodable(url))
    throw new ProblemError('not_found', { detail: 'This is no address here.' })
}

/** Nearly every request names the same one. */
let lastGoodHost = ''

function namesHost(host: string): boolean {
  if (host === lastGoodHost) return true
  if (/[\s/\\?#@]/.test(host) || !URL.canParse(`http://${host}`)) return false
  lastGoodHost = host
  return true
}

function isDecodable(url: string): boolean {
  if (!url.includes('%')) return true
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return true
  } catch {
    return false
  }
}
