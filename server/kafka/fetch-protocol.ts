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
/** Of the whole request, of each topic, and of each partition of it: all that is there but texts. */
const [FIXED_BYTES, TOPIC_BYTES, ASKED_BYTES] = [35, 6, 28]
const STRING_LENGTH_BYTES = 2

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
  const grouped = byTopic(topics)
  let size = FIXED_BYTES + Buffer.byteLength(rackId)
  for (const [topic, partitions] of grouped)
    size += TOPIC_BYTES + Buffer.byteLength(topic) + partitions.length * ASKED_BYTES
  const bytes = Buffer.allocUnsafe(size)
  let at = bytes.writeInt32BE(replicaId)
  at = bytes.writeInt32BE(maxWaitTime, at)
  at = bytes.writeInt32BE(minBytes, at)
  at = bytes.writeInt32BE(maxBytes, at)
  at = bytes.writeInt8(isolationLevel, at)
  at = bytes.writeInt32BE(NO_SESSION, at)
  at = bytes.writeInt32BE(NO_EPOCH, at)
  at = bytes.writeInt32BE(grouped.size, at)
  for (const [topic, partitions] of grouped) {
    at = writeString(bytes, topic, at)
    at = bytes.writeInt32BE(partitions.length, at)
    for (const { partition, fetchOffset, maxBytes } of partitions) {
      at = bytes.writeInt32BE(partition, at)
      at = bytes.writeInt32BE(NO_EPOCH, at)
      at = writeInt64(bytes, Number(fetchOffset), at)
      at = writeInt64(bytes, NO_START_OFFSET, at)
      at = bytes.writeInt32BE(maxBytes, at)
    }
  }
  at = bytes.writeInt32BE(NOTHING_FORGOTTEN, at)
  writeString(bytes, rackId, at)
  const request = new Encoder(size)
  request.writeBufferInternal(bytes)
  return request
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

function writeString(bytes: Buffer, text: string, at: number): number {
  const start = at + STRING_LENGTH_BYTES
  const length = bytes.write(text, start)
  bytes.writeInt16BE(length, at)
  return start + length
}

/** Exact up to 2^53. */
function writeInt64(bytes: Buffer, value: number, at: number): number {
  return bytes.writeInt32BE(value | 0, bytes.writeInt32BE(Math.floor(value / 2 ** 32), at))
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
