import {
  type BatchHeader,
  batchSize,
  checksumMatches,
  HEADER_BYTES,
  readBatchHeader,
} from '../protocol/record-batch.ts'
import { readFully } from './files.ts'

const WINDOW_BYTES = 256 * 1024

export interface ScannedBatch {
  readonly header: BatchHeader
  /** Where the batch begins in the file. */
  readonly position: number
  /** The whole batch; only valid until the next one is asked for. */
  readonly bytes: Buffer
}

/**
 * Walks the batches of a segment file from `from` to `end`, and stops at the first that is not whole:
 * cut short, or (with `verify`) with a checksum that does not match. Returns where the sound part ends.
 */
export function* scanBatches(
  fd: number,
  from: number,
  end: number,
  verify: boolean,
): Generator<ScannedBatch, number> {
  let window = Buffer.allocUnsafe(Math.min(WINDOW_BYTES, Math.max(0, end - from)))
  let windowAt = from
  let filled = readFully(fd, window, from)
  let position = from

  /** Makes `length` bytes at `position` present in the window, or says that the file has not got them. */
  const load = (length: number): boolean => {
    if (position + length <= windowAt + filled) return true
    if (position + length > end) return false
    const wanted = Math.min(end - position, Math.max(WINDOW_BYTES, length))
    if (wanted > window.length) window = Buffer.allocUnsafe(wanted)
    windowAt = position
    filled = readFully(fd, window.subarray(0, wanted), position)
    return length <= filled
  }

  for (;;) {
    if (!load(HEADER_BYTES)) return position
    const size = batchSize(window, position - windowAt)
    if (size < HEADER_BYTES || !load(size)) return position
    const at = position - windowAt
    const header = readBatchHeader(window, at)
    if (header.magic !== 2) return position
    if (verify && !checksumMatches(window.subarray(at, at + size), 0, size)) return position
    yield { header, position, bytes: window.subarray(at, at + size) }
    position += size
  }
}
