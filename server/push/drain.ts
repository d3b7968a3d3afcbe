import { setTimeout as delay } from 'node:timers/promises'

/**
 * Closes connections one after the other, in random order, spread evenly over the time given. Each customer's page
 * comes back by itself as soon as its connection closes: closed all at once, they would all come back at once, and to
 * one instance that stalls for hundreds of milliseconds.
 */
export async function drain(connections: { close(): void }[], withinMs: number): Promise<void> {
  const startedMs = performance.now()
  const shuffled = connections
    .map((connection) => ({ connection, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
  for (const [index, { connection }] of shuffled.entries()) {
    const dueMs = startedMs + (withinMs * index) / shuffled.length
    const waitMs = dueMs - performance.now()
    // Timers are coarser than a crowd: several are due at once then.
    if (waitMs > 1) await delay(waitMs)
    connection.close()
  }
}
