import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What a request id of somebody else's must look like to be taken over: nothing that could forge a log line. */
const REQUEST_ID = /^[A-Za-z0-9._-]{8,128}$/

export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}
