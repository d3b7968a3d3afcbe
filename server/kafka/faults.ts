import { createCuttableSockets } from './cuttable-sockets.ts'
import type { EmbeddedBroker } from './embedded-broker.ts'
import { createSlowSockets } from './slow-sockets.ts'
import { connectForWholeFrames } from './whole-frames.ts'

/** What can be broken between the app and its log. Each begins something, and answers how to end it. */
export type KafkaFaults = {
  /** null with a broker that is not this app's own. */
  holdBroker: EmbeddedBroker['hold'] | null
  /** Every answer to the app comes so much later. */
  slow(byMs: number): () => void
  /** The push consumer loses its connections, without parting from its group, and gets no new ones. */
  cutConsumer(): () => void
}

/** All connections of the app can be slowed; those of its push consumer can be cut as well. */
export function createBreakableSockets() {
  const slow = createSlowSockets(connectForWholeFrames)
  return { slow, cuttable: createCuttableSockets(slow.connect) }
}

export function createKafkaFaults(
  embedded: EmbeddedBroker | null,
  { slow, cuttable }: ReturnType<typeof createBreakableSockets>,
): KafkaFaults {
  return {
    holdBroker: embedded?.hold ?? null,
    slow(byMs) {
      slow.slow(byMs)
      return () => slow.slow(0)
    },
    cutConsumer() {
      cuttable.cut()
      return cuttable.mend
    },
  }
}
