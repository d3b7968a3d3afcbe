import type { Services } from '../../delivery/services.ts'
import type { RequestHandler } from '../../ground/request-handler.ts'
import type { Connect } from '../../kafka/client.ts'
import type { OpenKafka } from '../../kafka/open-kafka.ts'
import { connectForWholeFrames } from '../../kafka/whole-frames.ts'
import { createCuttableSockets } from '../log/cuttable-sockets.ts'
import { createSlowSockets } from '../log/slow-sockets.ts'
import { createCutting } from './cut-requests.ts'
import { createDuplicating } from './duplicate-records.ts'
import { createReordering } from './reorder-points.ts'

/** Each begins something, and returns how to end it. */
export type Faults = {
  /** Every answer of a broker to the app comes that much later. */
  slow(byMs: number): () => void
  /** The push consumer loses its connections, without parting from its group, and gets no new ones. */
  cutConsumer(): () => void
  /** Each record of this delivery is published twice. */
  duplicate(deliveryId: string): () => void
  /** The points of this delivery are taken in swapped pairs. */
  reorder(deliveryId: string): () => void
  /** Requests with this token are cut off without an answer. */
  cutOff(token: string): () => void
}

/** Goes around the parts of the product while app.ts puts them together; each part can then be broken from outside. */
export type Breakage = {
  /** Opens all connections to Kafka. */
  connect: Connect | undefined
  aroundKafka(kafka: OpenKafka): OpenKafka
  aroundServices(services: Services): Services
  /** Before the product's own. */
  handlers: readonly RequestHandler[]
  /** null where nothing may be broken. */
  faults: Faults | null
}

/** Everything that can be broken on purpose is broken here; the parts of the product do not know. Only the demo has it. */
export function openBreakage({ demo }: { demo: boolean }): Breakage {
  return demo ? createBreakage() : NOTHING_BREAKS
}

const NOTHING_BREAKS: Breakage = {
  connect: undefined,
  aroundKafka: (kafka) => kafka,
  aroundServices: (services) => services,
  handlers: [],
  faults: null,
}

function createBreakage(): Breakage {
  const slow = createSlowSockets(connectForWholeFrames)
  const cuttable = createCuttableSockets(slow.connect)
  const duplicating = createDuplicating()
  const reordering = createReordering()
  const cutting = createCutting()
  return {
    connect: slow.connect,
    aroundKafka(kafka) {
      const consumeOverCuttable = kafka.consumeOver(cuttable.connect)
      return {
        ...kafka,
        // The push group is the one that starts at the present: its consumer has connections of its own, to be cut alone.
        consume: (options) => (options.position === 'now' ? consumeOverCuttable : kafka.consume)(options),
        publish: duplicating.around(kafka.publish),
      }
    },
    aroundServices: (services) => ({
      ...services,
      acceptLocations: reordering.around(services.acceptLocations),
    }),
    handlers: [cutting.handler],
    faults: {
      slow(byMs) {
        slow.slow(byMs)
        return () => slow.slow(0)
      },
      cutConsumer() {
        cuttable.cut()
        return cuttable.mend
      },
      duplicate: duplicating.duplicate,
      reorder: reordering.reorder,
      cutOff: cutting.cutOff,
    },
  }
}
