/** What the entry knows about a request, before any other part sees it. */
export type RequestContext = {
  requestId: string
  /** W3C Trace Context of what is done for this request; undefined when its caller has no trace. */
  traceparent: string | undefined
  receivedAtMs: number
  /** The client's address, as far as the trusted proxies tell it. */
  address: string
  /** The address of this server as the client has it, as far as the trusted proxies tell it: `https://host`. */
  origin: string
  /** What every answer to it begins with: names and values in turn. */
  answerHeaders: readonly string[]
}

/** On the request itself: a weak map that gets an entry with every request is a burden for the garbage collector. */
const CONTEXT = Symbol('request context')
type Noted = { [CONTEXT]?: RequestContext }

/** For every handler of the request, and for what comes of it long after: a customer's socket is known by its request. */
export function noteContext(request: object, context: RequestContext): void {
  const noted: Noted = request
  noted[CONTEXT] = context
}

export const findContext = (request: object): RequestContext | undefined => (request as Noted)[CONTEXT]

export function notedContext(request: object): RequestContext {
  const context = findContext(request)
  if (!context) throw new Error('A request came in outside the gateway')
  return context
}
