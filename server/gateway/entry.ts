import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { MAP_PATH } from '#contracts/map-path.ts'
import { sendAnswer, setHeaders } from '../ground/answer.ts'
import { problemAnswer } from '../ground/problem-response.ts'
import { noteContext, type RequestContext } from '../ground/request-context.ts'
import type { RequestHandler } from '../ground/request-handler.ts'
import { requestIdFrom } from '../ground/request-id.ts'
import { continueTrace, traceIdOf } from '../ground/trace-context.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { AccessLog } from './access-log.ts'
import { type Admission, UNLIMITED } from './admission.ts'
import { answered, mayPipeline } from './pipelining.ts'
import type { ProxyTrust } from './proxy-trust.ts'
import { securityHeaders } from './security-headers.ts'

type Dependencies = {
  /** Asked in order; the last one takes everything. */
  handlers: readonly RequestHandler[]
  admission: Admission
  proxies: ProxyTrust
  metrics: Metrics
  accessLog: AccessLog
  logger: Logger
}

/** Every HTTP request enters here, and gets its id, its log line and its limits before its handler. */
export function createEntry({
  handlers,
  admission,
  proxies,
  metrics,
  accessLog,
  logger,
}: Dependencies): RequestListener {
  return (request, response) => {
    const { socket, url = '/', headers } = request
    if (!mayPipeline(socket)) return void socket.destroy()
    const startedAt = performance.now()
    const queryAt = url.indexOf('?')
    const path = queryAt < 0 ? url : url.slice(0, queryAt)
    const secure = proxies.isSecure(request)
    const requestId = requestIdFrom(headers['x-request-id'])
    const context: RequestContext = {
      requestId,
      traceparent: continueTrace(headers.traceparent),
      receivedAtMs: Date.now(),
      address: proxies.clientAddress(request),
      origin: `${secure ? 'https' : 'http'}://${proxies.host(request) ?? ''}`,
      answerHeaders: ['X-Request-Id', requestId, ...securityHeaders({ secure })],
    }
    noteContext(request, context)
    // The API writes them with its answer.
    if (!isApi(path)) setHeaders(response, context.answerHeaders)
    response.on('close', () => {
      answered(socket)
      observe(request, response, { path, context, ms: performance.now() - startedAt })
    })
    try {
      admission.request(request, path, context.address)
    } catch (error) {
      return sendAnswer(problemAnswer(error, { requestId, logger }), response, context.answerHeaders)
    }
    for (const handler of handlers) if (handler(request, response)) return
  }

  /** Paths only: a query may hold private things. */
  function observe(
    { method }: IncomingMessage,
    response: ServerResponse,
    { path, context, ms }: { path: string; context: RequestContext; ms: number },
  ): void {
    const status = response.writableFinished ? response.statusCode : 499
    const kind = kindOf(path)
    metrics.httpRequests.observe({ path: kind, method: method ?? '', status }, ms / 1_000)
    const { requestId, traceparent, address } = context
    const rounded = Math.round(ms * 10) / 10
    accessLog(
      { requestId, traceId: traceIdOf(traceparent), method, path, status, ms: rounded, address },
      isApi(path),
    )
  }
}

const isApi = (path: string) => path.startsWith('/api/')

/** A metric's label must have few values. */
function kindOf(path: string): string {
  if (isApi(path)) return '/api'
  if (path.startsWith('/socket.io/')) return '/socket.io'
  if (path.startsWith('/_next/')) return '/_next'
  return UNLIMITED.test(path) || path === MAP_PATH ? path : 'page'
}
