import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Browsers and proxies wait for an answer before they ask again on the same connection. Node works on everything that
 * was pipelined at once and keeps the answers: a few bytes of requests could have it hold many megabytes.
 */
const MOST_AT_ONCE = 10

const inFlight = new WeakMap<Socket, number>()

/** Whether the connection may have this request worked on as well. */
export function mayPipeline({ socket }: IncomingMessage, response: ServerResponse): boolean {
  const now = (inFlight.get(socket) ?? 0) + 1
  if (now > MOST_AT_ONCE) return false
  inFlight.set(socket, now)
  response.once('close', () => inFlight.set(socket, (inFlight.get(socket) ?? 1) - 1))
  return true
}
