import type { ProblemCode } from '#contracts/problem.ts'
import type { CustomerSocket } from './customer-socket.ts'

/** The link stops working while it is open. Says so first: the page would take it for an interruption and come back. */
export function closeLink(socket: CustomerSocket, code: ProblemCode = 'unauthenticated'): void {
  socket.emit('delivery:closed', { code })
  socket.disconnect(true)
}
