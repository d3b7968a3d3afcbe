import type { Socket } from 'node:net'

/**
 * Browsers and proxies wait for an answer before they ask again on the same connection. Node works on everything that
 * was pipelined at once and keeps the answers: a few bytes of requests could have it hold many megabytes.
 */
const MOST_AT_ONCE = 10

const inFlight = new WeakMap<Socket, { requests: number }>()

/**
 * Whether the connection may have one more request worked on.
 * To be told with `answered` when its answer is over.
 */
export function mayPipeline(socket: Socket): boolean {
  const known = inFlight.get(socket)
  if (!known) inFlight.set(socket, { requests: 1 })
  else if (known.requests === MOST_AT_ONCE) return false
  else known.requests += 1
  return true
}

export function answered(socket: Socket): void {
  const known = inFlight.get(socket)
  if (known) known.requests -= 1
}
