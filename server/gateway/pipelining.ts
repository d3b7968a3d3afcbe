import type { Socket } from 'node:net'

/**
 * Browsers and proxies wait for an answer before they ask again on the same connection. Node works on everything that
 * was pipelined at once and keeps the answers: a few bytes of requests could have it hold many megabytes.
 */
const MOST_AT_ONCE = 10

/** On the socket itself: a weak map would be looked into twice for each request. */
const IN_FLIGHT = Symbol('requests in flight')
type Counted = Socket & { [IN_FLIGHT]?: number }

/**
 * Whether the connection may have one more request worked on.
 * To be told with `answered` when its answer is over.
 */
export function mayPipeline(socket: Socket): boolean {
  const counted: Counted = socket
  const requests = counted[IN_FLIGHT] ?? 0
  if (requests === MOST_AT_ONCE) return false
  counted[IN_FLIGHT] = requests + 1
  return true
}

export function answered(socket: Socket): void {
  const counted: Counted = socket
  counted[IN_FLIGHT] = (counted[IN_FLIGHT] ?? 1) - 1
}
