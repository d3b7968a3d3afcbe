import { ErrorCode, KafkaError, noTransactions } from '../protocol/errors.ts'
import {
  type BatchHeader,
  batchSize,
  COMPRESSION_CODEC_MASK,
  CONTROL,
  checksumMatches,
  HEADER_BYTES,
  LENGTH_PREFIX_BYTES,
  NO_COMPRESSION,
  readBatchHeader,
  TRANSACTIONAL,
  ZSTD,
} from '../protocol/record-batch.ts'

const CURRENT_MAGIC = 2
/** length, attributes, timestamp delta, offset delta, key, value, header count: a byte each. */
const SMALLEST_RECORD_BYTES = 7
const FIRST_PRODUCE_VERSION_WITH_ZSTD = 7

/**
 * Judges what a producer sent for one partition, before any of it is stored: one whole record batch v2 whose checksum is
 * right and whose header makes sense. (org.apache.kafka.storage.internals.log.LogValidator)
 */
export function checkBatch(
  records: Buffer | null,
  maxBytes: number,
  produceVersion: number,
): { batch: Buffer; header: BatchHeader } {
  if (records === null || records.length === 0) throw invalid('no record batch')
  if (records.length >= LENGTH_PREFIX_BYTES + 5 && records.readInt8(16) !== CURRENT_MAGIC) {
    throw new KafkaError(ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT, 'only record batches v2 are supported')
  }
  if (records.length < HEADER_BYTES || batchSize(records, 0) > records.length)
    throw corrupt('it is cut short')
  if (batchSize(records, 0) < records.length) throw invalid('more than one record batch')
  if (records.length > maxBytes) {
    throw new KafkaError(
      ErrorCode.MESSAGE_TOO_LARGE,
      `${records.length} bytes; max.message.bytes is ${maxBytes}`,
    )
  }
  if (!checksumMatches(records, 0, records.length)) throw corrupt('its CRC-32C does not match')

  const header = readBatchHeader(records)
  const { attributes, recordCount, lastOffsetDelta, producerId, baseSequence } = header
  if (recordCount < 1 || lastOffsetDelta !== recordCount - 1)
    throw invalid('record count and last offset disagree')
  if ((attributes & CONTROL) !== 0) throw invalid('clients may not write control batches')
  if ((attributes & TRANSACTIONAL) !== 0) throw noTransactions()
  if (producerId >= 0 && baseSequence < 0) throw invalid('a producer id without a sequence number')

  const codec = attributes & COMPRESSION_CODEC_MASK
  if (codec > ZSTD || (codec === ZSTD && produceVersion < FIRST_PRODUCE_VERSION_WITH_ZSTD)) {
    throw new KafkaError(
      ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
      `codec ${codec} in Produce ${produceVersion}`,
    )
  }
  if (codec === NO_COMPRESSION && recordCount * SMALLEST_RECORD_BYTES > records.length - HEADER_BYTES) {
    throw invalid('fewer records than its header says')
  }
  return { batch: records, header }
}

function corrupt(why: string): KafkaError {
  return new KafkaError(ErrorCode.CORRUPT_MESSAGE, `the record batch is corrupt: ${why}`)
}

function invalid(why: string): KafkaError {
  return new KafkaError(ErrorCode.INVALID_RECORD, `invalid record batch: ${why}`)
}
