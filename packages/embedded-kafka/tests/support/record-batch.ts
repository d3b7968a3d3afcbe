import { crc32c } from '../../src/protocol/crc32c.ts'

export interface BatchOptions {
  readonly values: readonly string[]
  readonly producerId?: number
  readonly producerEpoch?: number
  readonly baseSequence?: number
  readonly timestamp?: number
  /** Milliseconds between one record and the next. */
  readonly timestampStep?: number
  readonly attributes?: number
}

/** A record batch v2, written out by hand: what a client sends, independent of the code under test. */
export function recordBatch(options: BatchOptions): Buffer {
  const { values, producerId = -1, producerEpoch = -1, baseSequence = -1, attributes = 0 } = options
  const { timestamp = Date.now(), timestampStep = 0 } = options
  const records = Buffer.concat(values.map((value, i) => record(value, i, i * timestampStep)))
  const batch = Buffer.alloc(61 + records.length)
  batch.writeInt32BE(batch.length - 12, 8)
  batch.writeInt8(2, 16)
  batch.writeInt16BE(attributes, 21)
  batch.writeInt32BE(values.length - 1, 23)
  batch.writeBigInt64BE(BigInt(timestamp), 27)
  batch.writeBigInt64BE(BigInt(timestamp + timestampStep * (values.length - 1)), 35)
  batch.writeBigInt64BE(BigInt(producerId), 43)
  batch.writeInt16BE(producerEpoch, 51)
  batch.writeInt32BE(baseSequence, 53)
  batch.writeInt32BE(values.length, 57)
  records.copy(batch, 61)
  return withChecksum(batch)
}

/** Makes the checksum right again after a change. */
export function withChecksum(batch: Buffer): Buffer {
  batch.writeUInt32BE(crc32c(batch, 21), 17)
  return batch
}

/** The values of all records in a series of uncompressed batches, with their offsets. */
export function readRecords(bytes: Buffer): { offset: number; value: string }[] {
  const found: { offset: number; value: string }[] = []
  for (let at = 0; at < bytes.length; at += 12 + bytes.readInt32BE(at + 8)) {
    const baseOffset = Number(bytes.readBigInt64BE(at))
    let position = at + 61
    for (let i = 0; i < bytes.readInt32BE(at + 57); i++) {
      const length = varint(bytes, position)
      // attributes, then four varints: timestamp delta, offset delta, key length (-1), value length
      const timestampDelta = varint(bytes, length.end + 1)
      const offsetDelta = varint(bytes, timestampDelta.end)
      const key = varint(bytes, offsetDelta.end)
      const value = varint(bytes, key.end)
      const text = bytes.toString('utf8', value.end, value.end + value.value)
      found.push({ offset: baseOffset + offsetDelta.value, value: text })
      position = length.end + length.value
    }
  }
  return found
}

function record(value: string, offsetDelta: number, timestampDelta: number): Buffer {
  const bytes = Buffer.from(value)
  const body = Buffer.concat([
    Buffer.from([0]),
    zigzag(timestampDelta),
    zigzag(offsetDelta),
    zigzag(-1), // no key
    zigzag(bytes.length),
    bytes,
    zigzag(0), // no headers
  ])
  return Buffer.concat([zigzag(body.length), body])
}

function zigzag(value: number): Buffer {
  let rest = value >= 0 ? value * 2 : -value * 2 - 1
  const bytes: number[] = []
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
  return Buffer.from([...bytes, rest])
}

function varint(bytes: Buffer, from: number): { value: number; end: number } {
  let value = 0
  let at = from
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes.readUInt8(at++)
    value += (byte & 0x7f) * scale
    if (byte < 128) break
  }
  return { value: value % 2 === 0 ? value / 2 : -(value + 1) / 2, end: at }
}
