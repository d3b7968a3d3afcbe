import type { Socket } from 'node:net'
import type { Connect } from '../../kafka/client.ts'
import { connectForWholeFrames } from '../../kafka/whole-frames.ts'

export type CuttableSockets = {
  /** For the `connect` of a Kafka client. */
  connect: Connect
  /** Ends every connection at once and refuses new ones: no member leaves its group, and nothing is committed any more. */
  cut(): void
  /** New ones are made again. */
  mend(): void
}

/**
 * The connections of one Kafka client, to be cut as the death of its process would cut them: to the broker a consumer
 * on them has crashed, and its group learns so when the session is over. Each client that shall crash by itself needs
 * its own.
 */
export function createCuttableSockets(connect: Connect = connectForWholeFrames): CuttableSockets {
  const open = new Set<Socket>()
  let isCut = false
  return {
    connect(wanted) {
      if (isCut) throw new Error('the connections of this client were cut')
      const socket = connect(wanted)
      open.add(socket)
      socket.once('close', () => open.delete(socket))
      return socket
    },
    cut() {
      isCut = true
      // With an error, or kafkajs would wait for answers until its own deadline.
      for (const socket of open) socket.destroy(new Error('cut'))
    },
    mend() {
      isCut = false
    },
  }
}
