import { AsyncLocalStorage } from 'node:async_hooks'
import { sharedInProcess } from './shared-in-process.ts'

/** What the entry found out about a request before anything else looked at it. */
export type RequestContext = {
  requestId: string
  /** W3C Trace Context of what is done for this request. */
  traceparent: string
  receivedAtMs: number
  /** The client's address, as far as the trusted proxies tell it. */
  address: string
}

/**
 * Carried beside the request, not in its headers: a header could be sent by anyone, and the context must reach a
 * Next route and the fast lane alike.
 */
const storage = sharedInProcess<AsyncLocalStorage<RequestContext>>('request-context')

export function provideRequestContext(): AsyncLocalStorage<RequestContext> {
  const created = new AsyncLocalStorage<RequestContext>()
  storage.provide(created)
  return created
}

export function requestContext(): RequestContext {
  const context = storage.use().getStore()
  if (!context) throw new Error('A route ran outside the gateway entry')
  return context
}

const contexts = new WeakMap<object, RequestContext>()

/** For what comes of a request long after it: a customer's socket is known by the request that opened it. */
export function noteContext(request: object, context: RequestContext): void {
  contexts.set(request, context)
}

export function notedContext(request: object): RequestContext {
  const context = contexts.get(request)
  if (!context) throw new Error('A socket was opened outside the gateway')
  return context
}
