import Decoder from 'kafkajs/src/protocol/decoder.js'
import fetch from 'kafkajs/src/protocol/requests/fetch/index.js'
import decodeMessages from 'kafkajs/src/protocol/requests/fetch/v4/decodeMessages.js'
import { readPlainRecords } from './fetched-records.ts'

/** The newest that kafkajs speaks, and so the one that it speaks with every broker of our time. */
const VERSION = 11

/**
 * From now on the records of a fetch are read by `readPlainRecords`, everything else of kafkajs stays:
 * docs/decisions/0031.
 */
export function replaceDecoder(): void {
  const { protocol } = fetch
  fetch.protocol = ({ version }) => {
    const make = protocol({ version })
    if (version !== VERSION) return make
    return (options) => {
      const made = make(options)
      return { ...made, response: { ...made.response, decode } }
    }
  }
}

/** https://kafka.apache.org/protocol#The_Messages_Fetch, version 11; as kafkajs decodes it. */
async function decode(bytes: Buffer) {
  const decoder = new Decoder(bytes)
  const clientSideThrottleTime = decoder.readInt32()
  const errorCode = decoder.readInt16()
  const sessionId = decoder.readInt32()
  const responses = await decoder.readArrayAsync(decodeTopic)
  // As kafkajs: the client waits, the broker does not.
  return { throttleTime: 0, clientSideThrottleTime, errorCode, sessionId, responses }
}

async function decodeTopic(decoder: Decoder) {
  return { topicName: decoder.readString(), partitions: await decoder.readArrayAsync(decodePartition) }
}

async function decodePartition(decoder: Decoder) {
  return {
    partition: decoder.readInt32(),
    errorCode: decoder.readInt16(),
    highWatermark: decoder.readInt64().toString(),
    lastStableOffset: decoder.readInt64().toString(),
    lastStartOffset: decoder.readInt64().toString(),
    abortedTransactions: decoder.readArray((each) => ({
      producerId: each.readInt64().toString(),
      firstOffset: each.readInt64().toString(),
    })),
    preferredReadReplica: decoder.readInt32(),
    messages: readRecords(decoder) ?? (await decodeMessages(decoder)),
  }
}

/** Undefined, and the decoder where it was, for records that kafkajs has to read. */
function readRecords(decoder: Decoder) {
  const start = decoder.offset
  const size = decoder.readInt32()
  if (size > 0 && decoder.canReadBytes(size)) {
    const records = readPlainRecords(decoder.readBytes(size))
    if (records) return records
  }
  decoder.offset = start
  return undefined
}
