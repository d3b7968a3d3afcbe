import { randomUUID } from 'node:crypto'

/** What a request id of somebody else's must look like to be taken over: nothing that could forge a log line. */
const REQUEST_ID = /^[A-Za-z0-9._-]{8,128}$/

/** The caller's own id for a request, from its `X-Request-Id`, if it is well formed; else a new one. */
export function requestIdFrom(header: string | string[] | null | undefined): string {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID()
}
