import crc32c from 'kafkajs/src/protocol/recordBatch/crc32C/index.js'

/** As of kafkajs, whose `Message` it can be: a header that is there several times has several values. */
export type RecordToEncode = {
  key?: Buffer | string | null
  value: Buffer | string | null
  headers?: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>
}

const MAGIC = 2
const NO_PRODUCER = -1
/** https://kafka.apache.org/documentation/#recordbatch: offset, length, leader epoch, magic, CRC. */
const [LENGTH_AT, MAGIC_AT, CRC_AT, CRC_FROM] = [8, 16, 17, 21]
const HEAD_BYTES = 61

/**
 * Returns a record batch of version 2, uncompressed, with all of the records in order. All are created at `nowMs`.
 *
 * kafkajs makes a buffer of 512 bytes for each record and each header and copies them into each other. Here the bytes are
 * the characters of one string, Latin-1, which V8 joins and writes in one go.
 */
export function encodeRecordBatch(records: readonly RecordToEncode[], nowMs: number): Buffer {
  let bytes = ''
  for (let i = 0; i < records.length; i += 1) bytes += encodeRecord(records[i] as RecordToEncode, i)
  const batch = Buffer.allocUnsafe(HEAD_BYTES + bytes.length)
  batch.write(bytes, HEAD_BYTES, 'latin1')
  batch.fill(0, 0, HEAD_BYTES)
  batch.writeInt32BE(batch.length - LENGTH_AT - 4, LENGTH_AT)
  batch[MAGIC_AT] = MAGIC
  const head = new DataView(batch.buffer, batch.byteOffset + CRC_FROM)
  // Attributes stay 0: no compression, CreateTime, no transaction.
  head.setInt32(2, records.length - 1)
  head.setBigInt64(6, BigInt(nowMs))
  head.setBigInt64(14, BigInt(nowMs))
  head.setBigInt64(22, BigInt(NO_PRODUCER))
  head.setInt32(36, records.length)
  batch.writeUInt32BE(crc32c(batch.subarray(CRC_FROM)), CRC_AT)
  return batch
}

/** https://kafka.apache.org/documentation/#record */
function encodeRecord({ key, value, headers }: RecordToEncode, offsetDelta: number): string {
  let count = 0
  let headerBytes = ''
  for (const name in headers) {
    const values = headers[name]
    if (values === undefined) continue
    for (const each of Array.isArray(values) ? values : [values]) {
      headerBytes += nameBytes(name) + withLength(each)
      count += 1
    }
  }
  // No attributes, and no time of its own.
  const body = `\0\0${varint(offsetDelta)}${withLength(key)}${withLength(value)}${varint(count)}${headerBytes}`
  return varint(body.length) + body
}

function withLength(value: Buffer | string | null | undefined): string {
  if (value === null || value === undefined) return varint(-1)
  const bytes = typeof value === 'string' ? bytesOfText(value) : value.toString('latin1')
  return varint(bytes.length) + bytes
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are all of ASCII
const ASCII = /^[\x00-\x7f]*$/

function bytesOfText(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text).toString('latin1')
}

/** The few names that there are, encoded once. */
const names = new Map<string, string>()

function nameBytes(name: string): string {
  const known = names.get(name)
  if (known !== undefined) return known
  const bytes = withLength(name)
  if (names.size < 100) names.set(name, bytes)
  return bytes
}

const LAST_BYTE = Array.from({ length: 128 }, (_, i) => String.fromCharCode(i))
const MORE_FOLLOW = Array.from({ length: 128 }, (_, i) => String.fromCharCode(i | 0x80))

/** Zigzag, seven bits a byte, the lowest first. */
function varint(value: number): string {
  let rest = ((value << 1) ^ (value >> 31)) >>> 0
  let bytes = ''
  while (rest > 0x7f) {
    bytes += MORE_FOLLOW[rest & 0x7f]
    rest >>>= 7
  }
  return bytes + LAST_BYTE[rest]
}
