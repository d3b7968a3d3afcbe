import { join } from 'node:path'
import { batchSize, HEADER_BYTES, lastOffsetOf } from '../protocol/record-batch.ts'
import { firstRecordAtOrAfter, type OffsetAndTimestamp } from '../protocol/records.ts'
import { scanBatches } from './batch-scan.ts'
import { readFully } from './files.ts'
import {
  INDEX_INTERVAL_BYTES,
  type IndexEntries,
  positionForOffset,
  positionForTimestamp,
} from './segment-index.ts'

/** Where a reader gets its memory from. */
export interface ReadMemory {
  /** `length` bytes, with anything in them. */
  take(length: number): Buffer
  /** Not needed after all. */
  giveBack(buffer: Buffer): void
}

const NOTHING = Buffer.alloc(0)

/**
 * One file of a partition's log: record batches one after another, exactly as producers sent them except for
 * the base offset. The file is named after the first offset in it, as in Kafka. The last segment of a log is active and
 * grows (ActiveSegment), those before it are sealed (SealedSegment); here is what both can do, which is to be read.
 */
export abstract class Segment {
  readonly directory: string
  readonly baseOffset: number
  readonly logPath: string
  readonly indexPath: string

  protected constructor(directory: string, baseOffset: number) {
    const name = String(baseOffset).padStart(20, '0')
    this.directory = directory
    this.baseOffset = baseOffset
    this.logPath = join(directory, `${name}.log`)
    this.indexPath = join(directory, `${name}.index`)
  }

  abstract get size(): number
  /** The largest timestamp in the segment. */
  abstract get maxTimestamp(): number
  protected abstract withFd<T>(use: (fd: number) => T): T
  protected abstract withIndex<T>(use: (entries: IndexEntries) => T): T

  /**
   * Whole batches from the one that holds `offset` on, up to `maxBytes`; with `atLeastOne`, the first batch
   * comes even when it is larger, or a consumer with a small limit would never get past it (KIP-74).
   */
  read(offset: number, maxBytes: number, atLeastOne: boolean, memory: ReadMemory): Buffer {
    return this.withFd((fd) => {
      let position = this.withIndex((entries) => positionForOffset(entries, offset - this.baseOffset))
      for (;;) {
        const window = memory.take(Math.min(this.size - position, maxBytes + INDEX_INTERVAL_BYTES))
        const filled = readFully(fd, window, position)
        if (filled < HEADER_BYTES) return NOTHING
        let start = 0
        while (start + HEADER_BYTES <= filled && lastOffsetOf(window, start) < offset)
          start += batchSize(window, start)
        if (start + HEADER_BYTES > filled) {
          memory.giveBack(window)
          position += start // the batch lies beyond this window
          continue
        }
        const end = endOfWholeBatches(window, start, Math.min(filled, start + maxBytes))
        if (end > start) return window.subarray(start, end)
        const size = batchSize(window, start)
        memory.giveBack(window)
        if (!atLeastOne) return NOTHING
        const first = memory.take(size)
        return first.subarray(0, readFully(fd, first, position + start))
      }
    })
  }

  /** The first record with a timestamp of at least `timestamp`, if this segment has one. */
  firstAtOrAfter(timestamp: number): OffsetAndTimestamp | undefined {
    if (this.maxTimestamp < timestamp) return undefined
    return this.withFd((fd) => {
      const from = this.withIndex((entries) => positionForTimestamp(entries, timestamp))
      for (const { header, bytes } of scanBatches(fd, from, this.size, false)) {
        if (header.maxTimestamp >= timestamp) return firstRecordAtOrAfter(bytes, header, timestamp)
      }
      return undefined
    })
  }
}

function endOfWholeBatches(window: Buffer, start: number, limit: number): number {
  let end = start
  while (end + HEADER_BYTES <= limit) {
    const next = end + batchSize(window, end)
    if (next > limit) break
    end = next
  }
  return end
}
