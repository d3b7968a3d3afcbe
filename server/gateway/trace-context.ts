import { randomBytes } from 'node:crypto'

/** https://www.w3.org/TR/trace-context-1/#traceparent-header: version, trace, parent, flags. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/

/** `traceparent` of what this server does for a request: one more step of the caller's trace, or the first of a new one. */
export function continueTrace(header: string | string[] | undefined): string {
  const [, traceId, flags] = (typeof header === 'string' && TRACEPARENT.exec(header)) || []
  // 00: whether a new trace is recorded somewhere is not ours to say.
  return `00-${traceId ?? randomHex(16)}-${randomHex(8)}-${flags ?? '00'}`
}

/** By which log lines of several services are found together. */
export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35)

const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex')
