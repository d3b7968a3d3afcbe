import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { sendAnswer } from '../ground/answer.ts'
import { problemAnswer } from '../ground/problem-response.ts'
import { noteContext, type RequestContext } from '../ground/request-context.ts'
import type { RequestHandler } from '../ground/request-handler.ts'
import { requestIdFrom } from '../ground/request-id.ts'
import { continueTrace, traceIdOf } from '../ground/trace-context.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { type Admission, UNLIMITED } from './admission.ts'
import { mayPipeline } from './pipelining.ts'
import type { ProxyTrust } from './proxy-trust.ts'
import { securityHeaders } from './security-headers.ts'

type Dependencies = {
  /** Asked in order; the last one takes everything. */
  handlers: readonly RequestHandler[]
  admission: Admission
  proxies: ProxyTrust
  metrics: Metrics
  logger: Logger
}

/** Every HTTP request enters here, and gets its id, its log line and its limits before its handler. */
export function createEntry({
  handlers,
  admission,
  proxies,
  metrics,
  logger,
}: Dependencies): RequestListener {
  return (request, response) => {
    if (!mayPipeline(request, response)) return void request.socket.destroy()
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const context = {
      requestId: requestIdFrom(request.headers['x-request-id']),
      traceparent: continueTrace(request.headers.traceparent),
      receivedAtMs: Date.now(),
      address: proxies.clientAddress(request),
    }
    noteContext(request, context)
    response.setHeader('X-Request-Id', context.requestId)
    for (const [name, value] of securityHeaders({ secure: proxies.isSecure(request) })) {
      response.setHeader(name, value)
    }
    observe(request, response, path, context)
    admission.request(request, path, context.address).then(
      () => handlers.some((handler) => handler(request, response)),
      (error: unknown) =>
        sendAnswer(problemAnswer(error, { requestId: context.requestId, logger }), response),
    )
  }

  /** Paths only: a query may hold private things. */
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
      const { requestId, traceparent, address } = context
      const line = {
        requestId,
        traceId: traceIdOf(traceparent),
        method: request.method,
        path,
        status,
        ms: Math.round(ms * 10) / 10,
        address,
      }
      if (kind === '/api') logger.info(line, 'request')
      else logger.debug(line, 'request')
    })
  }
}

/** A metric's label must have few values. */
function kindOf(path: string): string {
  if (path.startsWith('/api/')) return '/api'
  if (path.startsWith('/socket.io/')) return '/socket.io'
  if (path.startsWith('/_next/')) return '/_next'
  return UNLIMITED.test(path) ? path : 'page'
}
