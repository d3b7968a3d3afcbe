import type { KafkaMessage } from 'kafkajs'
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

/**
 * https://kafka.apache.org/protocol#The_Messages_Fetch, version 11; returns what kafkajs would. Every answer tells of all
 * partitions that were asked for, and most have nothing: so nothing is waited for but what kafkajs has to read.
 */
async function decode(bytes: Buffer) {
  const decoder = new Decoder(bytes)
  const clientSideThrottleTime = decoder.readInt32()
  const errorCode = decoder.readInt16()
  const sessionId = decoder.readInt32()
  const responses = decoder.readArray(decodeTopic)
  for (const { partitions } of responses)
    for (const each of partitions) if (each.messages instanceof Promise) each.messages = await each.messages
  // As kafkajs: the client waits, the broker does not.
  return { throttleTime: 0, clientSideThrottleTime, errorCode, sessionId, responses }
}

function decodeTopic(decoder: Decoder) {
  return { topicName: decoder.readString(), partitions: decoder.readArray(decodePartition) }
}

function decodePartition(decoder: Decoder) {
  return {
    partition: decoder.readInt32(),
    errorCode: decoder.readInt16(),
    highWatermark: readInt64(decoder),
    lastStableOffset: readInt64(decoder),
    lastStartOffset: readInt64(decoder),
    abortedTransactions: decoder.readArray(decodeAborted),
    preferredReadReplica: decoder.readInt32(),
    messages: readRecords(decoder) ?? decodeMessages(decoder),
  }
}

function decodeAborted(decoder: Decoder) {
  return { producerId: readInt64(decoder), firstOffset: readInt64(decoder) }
}

/** In decimal. kafkajs makes three objects of each. */
function readInt64(decoder: Decoder): string {
  const high = decoder.readInt32()
  const low = decoder.readInt32() >>> 0
  const number = high * 2 ** 32 + low
  return Number.isSafeInteger(number) ? String(number) : ((BigInt(high) << 32n) | BigInt(low)).toString()
}

/** Undefined, and the decoder where it was, for records that kafkajs has to read. */
function readRecords(decoder: Decoder): KafkaMessage[] | undefined {
  const start = decoder.offset
  const size = decoder.readInt32()
  if (size <= 0) return []
  const records = decoder.canReadBytes(size) ? readPlainRecords(decoder.readBytes(size)) : undefined
  if (!records) decoder.offset = start
  return records
}
