import type { BrokerConfig } from './config.ts'
import type { GroupCoordinator } from './group/coordinator.ts'
import type { ByteBudget } from './network/byte-budget.ts'
import type { ReadBuffers } from './network/read-buffers.ts'
import type { ProducerIds } from './topics/producer-ids.ts'
import type { TopicRegistry } from './topics/topic-registry.ts'

/** Everything a request handler may use. */
export interface BrokerServices {
  readonly config: BrokerConfig
  readonly clusterId: string
  /** Where clients are told to connect: known once the server listens. */
  readonly advertised: { host: string; port: number }
  readonly topics: TopicRegistry
  readonly groups: GroupCoordinator
  readonly producerIds: ProducerIds
  /** Unfinished requests, and responses not yet taken, of all connections. */
  readonly requestBytes: ByteBudget
  readonly responseBytes: ByteBudget
  readonly readBuffers: ReadBuffers
  /** What to do when either is too much: one connection goes, so that the others can go on. */
  shedLargestRequest(): void
  shedSlowestReader(): void
}

/** There is one broker, and this is its id. */
export const NODE_ID = 1
