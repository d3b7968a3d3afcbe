import { randomBytes } from 'node:crypto'

/** https://www.w3.org/TR/trace-context-1/#traceparent-header: version, trace, parent, flags. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/

/**
 * `traceparent` of what this server does for a request: one more step of the caller's trace. A caller without a trace
 * gets none: the request id finds its lines, and a random trace that no collector knows would only cost time.
 */
export function continueTrace(header: string | string[] | null | undefined): string | undefined {
  const [, traceId, flags] = (typeof header === 'string' && TRACEPARENT.exec(header)) || []
  return traceId === undefined ? undefined : `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`
}

/** The id that finds the log lines of several services together. */
export const traceIdOf = (traceparent: string | undefined): string | undefined => traceparent?.slice(3, 35)
