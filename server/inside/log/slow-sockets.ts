import type { Connect } from '../../kafka/client.ts'

export type SlowSockets = {
  /** For the `connect` of a Kafka client. */
  connect: Connect
  /** From now on the broker's bytes are handed on `byMs` later; 0 hands them on at once, also those that wait. */
  slow(byMs: number): void
}

/** The connections of Kafka clients, over a way that can be made longer. Order is kept. */
export function createSlowSockets(connect: Connect): SlowSockets {
  let delayMs = 0
  const handOns = new Set<() => void>()
  return {
    connect(wanted) {
      const socket = connect(wanted)
      const emit = socket.emit.bind(socket)
      const waiting: unknown[][] = []
      const handOnOldest = () => {
        const values = waiting.shift()
        // A client that hung up gets nothing any more.
        if (values && !socket.destroyed) emit('data', ...(values as [Buffer]))
      }
      const handOnAll = () => {
        while (waiting.length > 0) handOnOldest()
      }
      handOns.add(handOnAll)
      socket.once('close', () => handOns.delete(handOnAll))
      socket.emit = (event: string | symbol, ...values: unknown[]) => {
        if (event !== 'data' || delayMs === 0) return emit(event as never, ...(values as never[]))
        waiting.push(values)
        setTimeout(handOnOldest, delayMs)
        return true
      }
      return socket
    },
    slow(byMs) {
      delayMs = byMs
      if (byMs === 0) for (const handOnAll of handOns) handOnAll()
    },
  }
}
