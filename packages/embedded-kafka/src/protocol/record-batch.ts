import { crc32c } from './crc32c.ts'

/**
 * The record batch, version 2: the unit that producers build, the log stores and consumers receive.
 * https://kafka.apache.org/documentation/#recordbatch
 *
 *    0 baseOffset            int64    given by the broker
 *    8 batchLength           int32    bytes after this field
 *   12 partitionLeaderEpoch  int32    given by the broker
 *   16 magic                 int8     2
 *   17 crc                   uint32   CRC-32C of everything after it
 *   21 attributes            int16    bits 0-2 codec, 3 timestamp type, 4 transactional, 5 control
 *   23 lastOffsetDelta       int32
 *   27 baseTimestamp         int64
 *   35 maxTimestamp          int64
 *   43 producerId            int64
 *   51 producerEpoch         int16
 *   53 baseSequence          int32
 *   57 record count          int32
 *   61 records               perhaps compressed; the broker never looks inside
 *
 * The checksum starts after the two fields that the broker writes. That is by design: a broker gives a batch
 * its offset without touching, or even understanding, the rest.
 */
export const HEADER_BYTES = 61
/** baseOffset and batchLength, which batchLength itself does not count. */
export const LENGTH_PREFIX_BYTES = 12

const CRC_AT = 17
const CHECKED_FROM = 21

export interface BatchHeader {
  readonly baseOffset: number
  readonly sizeInBytes: number
  readonly magic: number
  readonly attributes: number
  readonly lastOffsetDelta: number
  readonly baseTimestamp: number
  readonly maxTimestamp: number
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
  readonly recordCount: number
}

export const COMPRESSION_CODEC_MASK = 0x07
/** All records of the batch have its maxTimestamp, the time at which a broker appended it. */
export const APPEND_TIME = 0x08
export const TRANSACTIONAL = 0x10
export const CONTROL = 0x20
export const NO_COMPRESSION = 0
export const ZSTD = 4

function readInt64(buffer: Buffer, at: number): number {
  return buffer.readInt32BE(at) * 0x1_0000_0000 + buffer.readUInt32BE(at + 4)
}

/** How long the batch at `at` says it is; needs LENGTH_PREFIX_BYTES of it. */
export function batchSize(buffer: Buffer, at: number): number {
  return LENGTH_PREFIX_BYTES + buffer.readInt32BE(at + 8)
}

/** The offset of the last record of the batch at `at`; needs HEADER_BYTES of it. */
export function lastOffsetOf(buffer: Buffer, at: number): number {
  return readInt64(buffer, at) + buffer.readInt32BE(at + 23)
}

/** Reads the header at `at`; needs HEADER_BYTES, and says nothing about whether the batch is sound. */
export function readBatchHeader(buffer: Buffer, at = 0): BatchHeader {
  return {
    baseOffset: readInt64(buffer, at),
    sizeInBytes: batchSize(buffer, at),
    magic: buffer.readInt8(at + 16),
    attributes: buffer.readInt16BE(at + 21),
    lastOffsetDelta: buffer.readInt32BE(at + 23),
    baseTimestamp: readInt64(buffer, at + 27),
    maxTimestamp: readInt64(buffer, at + 35),
    producerId: readInt64(buffer, at + 43),
    producerEpoch: buffer.readInt16BE(at + 51),
    baseSequence: buffer.readInt32BE(at + 53),
    recordCount: buffer.readInt32BE(at + 57),
  }
}

/** Whether the `size` bytes at `at` carry the checksum they claim. */
export function checksumMatches(buffer: Buffer, at: number, size: number): boolean {
  return buffer.readUInt32BE(at + CRC_AT) === crc32c(buffer, at + CHECKED_FROM, at + size)
}

/** Puts the broker's time in place of the producer's, in place, and answers the header as it is now. */
export function stampAppendTime(batch: Buffer, header: BatchHeader, timestamp: number): BatchHeader {
  const attributes = header.attributes | APPEND_TIME
  batch.writeInt16BE(attributes, 21)
  writeInt64(batch, timestamp, 35)
  batch.writeUInt32BE(crc32c(batch, CHECKED_FROM, header.sizeInBytes), CRC_AT)
  return { ...header, attributes, maxTimestamp: timestamp }
}

/** Gives the batch its place in the log, in place: the checksum does not cover these two fields. */
export function assignOffset(batch: Buffer, baseOffset: number, leaderEpoch: number): void {
  writeInt64(batch, baseOffset, 0)
  batch.writeInt32BE(leaderEpoch, 12)
}

function writeInt64(buffer: Buffer, value: number, at: number): void {
  buffer.writeInt32BE(Math.floor(value / 0x1_0000_0000), at)
  buffer.writeUInt32BE(value >>> 0, at + 4)
}
