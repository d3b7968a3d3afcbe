// What encoded-batches.ts, fetch-protocol.ts, repeated-fetches.ts and resting-queues.ts take from inside kafkajs 2.2.4, whose types end at its door.

declare module 'kafkajs/src/consumer/batch.js' {
  import type { Batch as Public } from 'kafkajs'

  export default class Batch implements Pick<Public, 'topic' | 'partition' | 'messages'> {
    readonly topic: Public['topic']
    readonly partition: Public['partition']
    readonly messages: Public['messages']
    constructor(topic: string, fetchedOffset: string, partitionData: object)
  }
}

declare module 'kafkajs/src/consumer/consumerGroup.js' {
  import type Batch from 'kafkajs/src/consumer/batch.js'
  import type { FetchOptions } from 'kafkajs/src/protocol/requests/fetch/index.js'

  type PartitionData = { partition: number; preferredReadReplica?: number }
  type Broker = {
    fetch(options: FetchOptions): Promise<{ responses: { topicName: string; partitions: PartitionData[] }[] }>
  }
  export default class ConsumerGroup {
    readonly cluster: {
      /** Another object after each refresh. */
      readonly brokerPool: { readonly metadata: object | null }
      refreshMetadataIfNecessary(): Promise<void>
      findTopicPartitionMetadata(topic: string): { partitionId: number; leader: number }[]
      findBroker(of: { nodeId: string }): Promise<Broker>
    }
    readonly maxWaitTime: number
    readonly minBytes: number
    readonly maxBytes: number
    readonly maxBytesPerPartition: number
    readonly isolationLevel: number
    readonly rackId: string
    readonly seekOffset: { readonly size: number; has(topic: string, partition: number): boolean }
    readonly preferredReadReplicasPerTopicPartition: Record<string, object>
    /** Another object after each join. */
    readonly offsetManager: {
      readonly resolvedOffsets: Record<string, Record<number, string | undefined>>
    } | null
    readonly subscriptionState: {
      /** Another object after each join. */
      readonly assignedPartitionsByTopic: object
      readonly subscriptionStatesByTopic: object
      assigned(): { topic: string; partitions: number[] }[]
      isPaused(topic: string, partition: number): boolean
    }
    fetch(nodeId: string): Promise<Batch[]>
    recoverFromFetch(err: unknown): Promise<void>
  }
}

declare module 'kafkajs/src/network/requestQueue/index.js' {
  import type { Logger } from 'kafkajs'

  type PushedRequest = {
    entry: { correlationId: number; resolve(): void; reject(): void }
    expectResponse: boolean
    sendRequest(): void
  }
  export default class RequestQueue {
    readonly pending: readonly unknown[]
    readonly throttleCheckTimeoutId: NodeJS.Timeout | null
    constructor(options: {
      maxInFlightRequests: number | null
      requestTimeout: number
      clientId: string
      broker: string
      logger: Pick<Logger, 'debug' | 'warn'>
    })
    push(request: PushedRequest): void
    fulfillRequest(response: { correlationId: number; payload: Buffer; size: number }): void
    maybeThrottle(ms: number): void
    scheduleCheckPendingRequests(): void
    destroy(): void
  }
}

declare module 'kafkajs/src/protocol/decoder.js' {
  export default class Decoder {
    offset: number
    constructor(bytes: Buffer)
    readInt16(): number
    readInt32(): number
    readString(): string
    readBytes(length: number): Buffer
    canReadBytes(length: number): boolean
    readArray<T>(read: (decoder: Decoder) => T): T[]
  }
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    constructor(bytes?: number)
    writeBufferInternal(bytes: Buffer): void
    writeInt16(value: number): this
    writeInt32(value: number): this
    writeString(value: string | null): this
    writeBytes(value: Buffer): this
  }
}

declare module 'kafkajs/src/protocol/recordBatch/crc32C/index.js' {
  export default function crc32c(bytes: Uint8Array): number
}

declare module 'kafkajs/src/protocol/requests/produce/index.js' {
  import type { Message } from 'kafkajs'

  type Options = {
    acks: number
    timeout: number
    topicData: { topic: string; partitions: { partition: number; messages: Message[] }[] }[]
  }
  const produce: {
    protocol(of: { version: number }): (options: Options) => { request: { encode(): Promise<unknown> } }
  }
  export default produce
}

declare module 'kafkajs/src/protocol/requests/fetch/v4/decodeMessages.js' {
  import type { KafkaMessage } from 'kafkajs'
  import type Decoder from 'kafkajs/src/protocol/decoder.js'

  export default function decodeMessages(decoder: Decoder): Promise<KafkaMessage[]>
}

declare module 'kafkajs/src/protocol/requests/fetch/index.js' {
  import type Encoder from 'kafkajs/src/protocol/encoder.js'

  export type FetchOptions = {
    /** As every consumer has it: none. */
    replicaId?: number
    maxWaitTime: number
    minBytes: number
    maxBytes: number
    isolationLevel: number
    topics: { topic: string; partitions: { partition: number; fetchOffset: string; maxBytes: number }[] }[]
    rackId: string
  }
  type Made = {
    request: { encode(): Promise<Encoder> }
    response: { decode(bytes: Buffer): Promise<unknown>; parse(decoded: unknown): Promise<unknown> }
  }
  const fetch: { protocol(of: { version: number }): (options: FetchOptions) => Made }
  export default fetch
}
