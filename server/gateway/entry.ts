import type { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { problemResponse } from './problem-response.ts'
import type { RateLimiter } from './rate-limit.ts'
import type { RequestContext } from './request-context.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { sendResponse } from './send-response.ts'

/** Says whether it took the request. */
export type Lane = (request: IncomingMessage, response: ServerResponse) => boolean

type Dependencies = {
  storage: AsyncLocalStorage<RequestContext>
  /** Asked in order; the last one takes everything. */
  lanes: readonly Lane[]
  addressLimit: RateLimiter
  clientAddress: (request: IncomingMessage) => string
  metrics: Metrics
  log: Log
}

/** What a request id of somebody else's must look like to be taken over: nothing that could forge a log line. */
const REQUEST_ID = /^[A-Za-z0-9._-]{8,128}$/
/** Built assets are many, small, and cost nothing; health must be seen especially when others flood. */
const UNLIMITED = /^\/(?:_next\/static\/|healthz$|readyz$|metrics$)/

/** Where every HTTP request enters: it gets its id, its log line and its limits here, then its lane. */
export function createEntry({
  storage,
  lanes,
  addressLimit,
  clientAddress,
  metrics,
  log,
}: Dependencies): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const context = {
      requestId: requestIdOf(request),
      receivedAtMs: Date.now(),
      address: clientAddress(request),
    }
    response.setHeader('X-Request-Id', context.requestId)
    for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value)
    observe(request, response, path, context)
    storage.run(context, () => {
      admit(path, context.address).then(
        () => lanes.some((lane) => lane(request, response)),
        (error: unknown) =>
          sendResponse(problemResponse(error, { requestId: context.requestId, log }), response),
      )
    })
  }

  async function admit(path: string, address: string): Promise<void> {
    if (!UNLIMITED.test(path)) await addressLimit.consume(address)
  }

  /** Paths only: what follows the question mark is nobody's business, and tokens never travel there. */
  function observe(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    context: RequestContext,
  ): void {
    const startedAt = performance.now()
    response.once('close', () => {
      const ms = performance.now() - startedAt
      const status = response.writableFinished ? response.statusCode : 499
      const kind = kindOf(path)
      metrics.httpRequests.observe({ path: kind, method: request.method ?? '', status }, ms / 1_000)
      const { requestId, address } = context
      const line = { requestId, method: request.method, path, status, ms: Math.round(ms * 10) / 10, address }
      if (kind === '/api') log.info(line, 'request')
      else log.debug(line, 'request')
    })
  }
}

function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}

/** A metric's label must have few values. */
function kindOf(path: string): string {
  if (path.startsWith('/api/')) return '/api'
  if (path.startsWith('/socket.io/')) return '/socket.io'
  if (path.startsWith('/_next/')) return '/_next'
  return UNLIMITED.test(path) ? path : 'page'
}
