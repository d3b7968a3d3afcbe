import { randomBytes } from 'node:crypto'
import { setHeaders } from '../ground/answer.ts'
import { notedContext } from '../ground/request-context.ts'
import type { RequestHandler } from '../ground/request-handler.ts'
import { isEmbeddable, type PagePolicy } from './content-security-policy.ts'
import type { Pages } from './pages.ts'

const NONCE_BYTES = 16

/** Takes every request that no other handler has taken. A page gets a policy of its own; Next finds the nonce for its scripts in there. */
export function createPagesHandler(
  pages: Pick<Pages, 'handle'>,
  policyOf: PagePolicy,
  { embedOrigins }: { embedOrigins: readonly string[] },
): RequestHandler {
  return (request, response) => {
    const { url = '/' } = request
    // A client's own policy would be taken for ours.
    delete request.headers['content-security-policy-report-only']
    delete request.headers['content-security-policy']
    if (url.startsWith('/_next/')) {
      // Scripts and styles are under the policy of the page that loads them, except a worker: it brings its own.
      response.setHeader('Content-Security-Policy', "default-src 'self'")
    } else if (!url.startsWith('/api/')) {
      const path = url.split('?', 1)[0] as string
      const policy = policyOf(path, randomBytes(NONCE_BYTES).toString('base64'))
      // It knows one origin at most, this one; the policy's `frame-ancestors` says it all.
      if (embedOrigins.length > 0 && isEmbeddable(path)) response.removeHeader('X-Frame-Options')
      request.headers['content-security-policy'] = policy
      response.setHeader('Content-Security-Policy', policy)
    }
    const { requestId, answerHeaders } = notedContext(request)
    // An oddly spelt address of the API may lead to a route file, which takes the request id from the headers.
    if (url.startsWith('/api/')) setHeaders(response, answerHeaders)
    request.headers['x-request-id'] = requestId
    pages.handle(request, response)
    return true
  }
}
