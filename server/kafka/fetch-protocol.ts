import type { KafkaMessage } from 'kafkajs'
import Decoder from 'kafkajs/src/protocol/decoder.js'
import Encoder from 'kafkajs/src/protocol/encoder.js'
import fetch, { type FetchOptions } from 'kafkajs/src/protocol/requests/fetch/index.js'
import decodeMessages from 'kafkajs/src/protocol/requests/fetch/v4/decodeMessages.js'
import { readPlainRecords } from './fetched-records.ts'

/** The newest that kafkajs speaks, and so the one that it speaks with every broker of our time. */
const VERSION = 11
/** In a partition's part of an answer: its number, and its three offsets. */
const [PARTITION_BYTES, OFFSETS_BYTES] = [4, 24]
const NO_REPLICA = -1

/**
 * From now on the bytes of what is asked for by a fetch are made here, and the records of its answer are read by
 * `readPlainRecords`; everything else of kafkajs stays: docs/decisions/0031.
 */
export function replaceFetchProtocol(): void {
  const { protocol } = fetch
  fetch.protocol = ({ version }) => {
    const make = protocol({ version })
    if (version !== VERSION) return make
    return (options) => {
      const { request, response, ...rest } = make(options)
      return {
        ...rest,
        request: { ...request, encode: async () => encode(options) },
        response: { ...response, decode },
      }
    }
  }
}

type Asked = FetchOptions['topics'][number]['partitions'][number]

/** What the request says where a consumer outside of a fetch session has nothing to say. */
const [NO_SESSION, NO_EPOCH, NO_START_OFFSET, NOTHING_FORGOTTEN] = [0, -1, -1, 0]

/**
 * https://kafka.apache.org/protocol#The_Messages_Fetch, version 11. Every request names all partitions of all topics, and
 * kafkajs makes an encoder and two `Long`s of each: eight times the work.
 */
function encode({
  replicaId = NO_REPLICA,
  maxWaitTime,
  minBytes,
  maxBytes,
  isolationLevel,
  topics,
  rackId,
}: FetchOptions) {
  const request = new Encoder()
    .writeInt32(replicaId)
    .writeInt32(maxWaitTime)
    .writeInt32(minBytes)
    .writeInt32(maxBytes)
    .writeInt8(isolationLevel)
    .writeInt32(NO_SESSION)
    .writeInt32(NO_EPOCH)
  const grouped = byTopic(topics)
  request.writeInt32(grouped.size)
  for (const [topic, partitions] of grouped) {
    request.writeString(topic).writeInt32(partitions.length)
    for (const { partition, fetchOffset, maxBytes } of partitions) {
      request.writeInt32(partition).writeInt32(NO_EPOCH)
      writeInt64(request, Number(fetchOffset))
      writeInt64(request, NO_START_OFFSET)
      request.writeInt32(maxBytes)
    }
  }
  return request.writeInt32(NOTHING_FORGOTTEN).writeString(rackId)
}

/** kafkajs shuffles the partitions, so that each is the first at times: it would name most topics several times. */
function byTopic(topics: FetchOptions['topics']): Map<string, Asked[]> {
  const grouped = new Map<string, Asked[]>()
  for (const { topic, partitions } of topics) {
    const before = grouped.get(topic)
    if (before) before.push(...partitions)
    else grouped.set(topic, [...partitions])
  }
  return grouped
}

/** Exact up to 2^53. */
function writeInt64(request: Encoder, value: number): void {
  request.writeInt32(Math.floor(value / 2 ** 32)).writeInt32(value | 0)
}

/**
 * https://kafka.apache.org/protocol#The_Messages_Fetch, version 11; returns what kafkajs would, without the partitions that
 * have nothing to tell. Nothing is waited for but what kafkajs has to read.
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
  const topicName = decoder.readString()
  const partitions: ReturnType<typeof decodePartition>[] = []
  for (let left = decoder.readInt32(); left > 0; left -= 1)
    if (!skipEmpty(decoder)) partitions.push(decodePartition(decoder))
  return { topicName, partitions }
}

/**
 * Every answer tells of all partitions that were asked for, and most have neither a record nor an error nor another replica
 * to read from. kafkajs makes a batch of each, which passes its queue only to be found empty.
 */
function skipEmpty(decoder: Decoder): boolean {
  const start = decoder.offset
  decoder.offset += PARTITION_BYTES
  const errorCode = decoder.readInt16()
  decoder.offset += OFFSETS_BYTES
  const [aborted, preferredReadReplica, recordsBytes] = [
    decoder.readInt32(),
    decoder.readInt32(),
    decoder.readInt32(),
  ]
  const isEmpty = errorCode === 0 && aborted <= 0 && preferredReadReplica === NO_REPLICA && recordsBytes <= 0
  if (!isEmpty) decoder.offset = start
  return isEmpty
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
