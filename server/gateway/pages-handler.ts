import { randomBytes } from 'node:crypto'
import { setHeaders } from '../ground/answer.ts'
import { notedContext } from '../ground/request-context.ts'
import type { RequestHandler } from '../ground/request-handler.ts'
import type { Pages } from './pages.ts'

const NONCE_BYTES = 16

/** Takes every request that no other handler has taken. A page gets a policy of its own; Next finds the nonce for its scripts in there. */
export function createPagesHandler(
  pages: Pick<Pages, 'handle'>,
  policyWith: (nonce: string) => string,
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
      const policy = policyWith(randomBytes(NONCE_BYTES).toString('base64'))
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
