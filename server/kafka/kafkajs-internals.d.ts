// What encoded-batches.ts, fetch-protocol.ts and resting-queues.ts take from inside kafkajs 2.2.4, whose types end at its door.

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
    writeInt8(value: number): this
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
