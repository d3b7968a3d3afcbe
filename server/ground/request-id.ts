import { randomUUID } from 'node:crypto'

/** A client's request id is taken over only in this form, which cannot forge a log line. */
const REQUEST_ID = /^[A-Za-z0-9._-]{8,128}$/

/** The caller's own id for a request, from its `X-Request-Id`, if it is well formed; else a new one. */
export function requestIdFrom(header: string | string[] | null | undefined): string {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID()
}
