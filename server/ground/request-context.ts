/** What the entry found out about a request before anything else looked at it. */
export type RequestContext = {
  requestId: string
  /** W3C Trace Context of what is done for this request; undefined when its caller has no trace. */
  traceparent: string | undefined
  receivedAtMs: number
  /** The client's address, as far as the trusted proxies tell it. */
  address: string
}

const contexts = new WeakMap<object, RequestContext>()

/** For every handler of the request, and for what comes of it long after: a customer's socket is known by its request. */
export function noteContext(request: object, context: RequestContext): void {
  contexts.set(request, context)
}

export function notedContext(request: object): RequestContext {
  const context = contexts.get(request)
  if (!context) throw new Error('A request came in outside the gateway')
  return context
}
