import {
  APPEND_TIME,
  type BatchHeader,
  COMPRESSION_CODEC_MASK,
  HEADER_BYTES,
  NO_COMPRESSION,
} from './record-batch.ts'

export interface OffsetAndTimestamp {
  readonly offset: number
  readonly timestamp: number
}

/**
 * The first record of a batch whose timestamp is at least `timestamp`.
 *
 * Record => length varint, attributes int8, timestampDelta varlong, offsetDelta varint, key, value, headers
 * https://kafka.apache.org/documentation/#record
 *
 * A compressed batch is not opened: its first record is named instead. That may be a little early, never late,
 * so a replay from a point in time misses nothing.
 */
export function firstRecordAtOrAfter(
  batch: Buffer,
  header: BatchHeader,
  timestamp: number,
): OffsetAndTimestamp {
  if ((header.attributes & APPEND_TIME) !== 0)
    return { offset: header.baseOffset, timestamp: header.maxTimestamp }
  const first = { offset: header.baseOffset, timestamp: header.baseTimestamp }
  if (header.baseTimestamp >= timestamp) return first
  if ((header.attributes & COMPRESSION_CODEC_MASK) !== NO_COMPRESSION) return first
  let at = HEADER_BYTES
  for (let i = 0; i < header.recordCount && at < batch.length; i++) {
    const length = readVarint(batch, at)
    const timestampDelta = readVarint(batch, length.end + 1)
    const recordTimestamp = header.baseTimestamp + timestampDelta.value
    if (recordTimestamp >= timestamp) {
      const offsetDelta = readVarint(batch, timestampDelta.end)
      return { offset: header.baseOffset + offsetDelta.value, timestamp: recordTimestamp }
    }
    at = length.end + length.value
  }
  return first
}

/** A zigzag varint, as in Protocol Buffers. Arithmetic instead of shifts: deltas may pass 32 bits. */
function readVarint(buffer: Buffer, from: number): { value: number; end: number } {
  let value = 0
  let scale = 1
  let at = from
  for (;;) {
    const byte = buffer[at++] ?? 0
    value += (byte & 0x7f) * scale
    if ((byte & 0x80) === 0) break
    scale *= 128
  }
  return { value: value % 2 === 0 ? value / 2 : -(value + 1) / 2, end: at }
}
