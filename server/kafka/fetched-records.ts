import type { KafkaMessage } from 'kafkajs'

type Headers = NonNullable<KafkaMessage['headers']>
/** Of the batch of a record; kafkajs asks for it where transactions were aborted. */
type BatchContext = { producerId: string; inTransaction: boolean }

const MAGIC = 2
/** https://kafka.apache.org/documentation/#recordbatch: where the parts of a batch stand, and where its records begin. */
const [LENGTH_AT, LENGTH_FROM, MAGIC_AT, ATTRIBUTES_AT] = [8, 12, 16, 21]
const [FIRST_TIME_AT, MAX_TIME_AT, PRODUCER_AT, COUNT_AT, RECORDS_AT] = [27, 35, 43, 57, 61]
/** The one attribute that a plain batch may have: the time is the broker's. Not: compressed, of a transaction, control. */
const LOG_APPEND_TIME = 0x8

/**
 * A record as kafkajs hands it over. Its parts are taken out of the bytes of the fetch when they are asked for: most
 * records have a key that is not read, and headers that only one of two readers reads.
 */
class FetchedRecord {
  readonly offset: string
  readonly timestamp: string
  readonly batchContext: BatchContext
  readonly isControlRecord = false
  readonly #bytes: Buffer
  readonly #keyAt: number

  constructor(
    bytes: Buffer,
    keyAt: number,
    of: Pick<FetchedRecord, 'offset' | 'timestamp' | 'batchContext'>,
  ) {
    this.#bytes = bytes
    this.#keyAt = keyAt
    this.offset = of.offset
    this.timestamp = of.timestamp
    this.batchContext = of.batchContext
  }

  get key(): Buffer | null {
    return new Reading(this.#bytes, this.#keyAt).bytes()
  }

  get value(): Buffer | null {
    const reading = new Reading(this.#bytes, this.#keyAt)
    reading.skip()
    return reading.bytes()
  }

  get headers(): Headers {
    const reading = new Reading(this.#bytes, this.#keyAt)
    reading.skip()
    reading.skip()
    const headers: Headers = Object.create(null)
    for (let left = reading.varint(); left > 0; left -= 1) {
      const name = reading.text()
      const value = reading.bytes() as Buffer
      const before = headers[name]
      // A name that comes several times has several values.
      headers[name] = before === undefined ? value : [before, value].flat()
    }
    return headers
  }
}

/** Goes through bytes; beyond their end everything is NaN or empty. */
class Reading {
  readonly #from: Buffer
  at: number

  constructor(from: Buffer, at: number) {
    this.#from = from
    this.at = at
  }

  /** Zigzag, seven bits a byte, the lowest first; exact up to 2^53. */
  varint(): number {
    let byte = this.#from[this.at++] as number
    // Nearly all are that short.
    if (byte < 0x80) return (byte >>> 1) ^ -(byte & 1)
    let [value, factor] = [byte & 0x7f, 128]
    do {
      byte = this.#from[this.at++] as number
      value += (byte & 0x7f) * factor
      factor *= 128
    } while (byte >= 0x80)
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  bytes(): Buffer | null {
    const length = this.varint()
    if (length < 0) return null
    const start = this.at
    this.at += length
    return this.#from.subarray(start, this.at)
  }

  text(): string {
    const length = this.varint()
    const start = this.at
    this.at += Math.max(0, length)
    return this.#from.toString('utf8', start, this.at)
  }

  skip(): void {
    const length = this.varint()
    this.at += Math.max(0, length)
  }
}

/**
 * The records of a partition as a fetch has them: whole batches, and at the end perhaps a part of one, which the next fetch
 * brings again. Returns undefined for everything out of the ordinary, and leaves it to kafkajs: old formats, compression,
 * transactions, and bytes that do not add up.
 */
export function readPlainRecords(bytes: Buffer): KafkaMessage[] | undefined {
  const records: FetchedRecord[] = []
  let at = 0
  while (bytes.length - at >= RECORDS_AT) {
    const end = at + LENGTH_FROM + bytes.readInt32BE(at + LENGTH_AT)
    if (bytes[at + MAGIC_AT] !== MAGIC || end < at + RECORDS_AT) return undefined
    if (end > bytes.length) break
    if (!readBatch(bytes, at, end, records)) return undefined
    at = end
  }
  return records as unknown as KafkaMessage[]
}

/** Returns false when it is not plain. */
function readBatch(bytes: Buffer, at: number, end: number, records: FetchedRecord[]): boolean {
  const attributes = bytes.readInt16BE(at + ATTRIBUTES_AT)
  if ((attributes & ~LOG_APPEND_TIME) !== 0) return false
  const firstOffset = Number(bytes.readBigInt64BE(at))
  const firstTimeMs = Number(bytes.readBigInt64BE(at + FIRST_TIME_AT))
  if (!Number.isSafeInteger(firstOffset) || !Number.isSafeInteger(firstTimeMs)) return false
  const maxTimestamp = bytes.readBigInt64BE(at + MAX_TIME_AT).toString()
  const producerId = bytes.readBigInt64BE(at + PRODUCER_AT).toString()
  const batchContext = { producerId, inTransaction: false }
  const reading = new Reading(bytes, at + RECORDS_AT)
  for (let left = bytes.readInt32BE(at + COUNT_AT); left > 0; left -= 1) {
    const length = reading.varint()
    const next = reading.at + length
    // Its attributes are not in use yet.
    reading.at += 1
    const timestampDelta = reading.varint()
    const timestamp = attributes === LOG_APPEND_TIME ? maxTimestamp : String(firstTimeMs + timestampDelta)
    const offset = String(firstOffset + reading.varint())
    records.push(new FetchedRecord(bytes, reading.at, { offset, timestamp, batchContext }))
    if (!(length > 0 && next <= end)) return false
    reading.at = next
  }
  return reading.at === end
}
