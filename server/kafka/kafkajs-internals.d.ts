// What encoded-batches.ts takes from inside kafkajs 2.2.4, whose types end at its door.

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
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
