import {
  closeSync,
  constants,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type BatchHeader, batchSize, HEADER_BYTES, lastOffsetOf } from '../protocol/record-batch.ts'
import { firstRecordAtOrAfter, type OffsetAndTimestamp } from '../protocol/records.ts'
import { type ScannedBatch, scanBatches } from './batch-scan.ts'
import { readFully, writeAll } from './files.ts'
import {
  ENTRY_BYTES,
  INDEX_INTERVAL_BYTES,
  MemoryIndex,
  positionForOffset,
  positionForTimestamp,
  withIndexFile,
} from './segment-index.ts'

/** What only the segment at the end of a log has: an index that grows, and a file that stays open. */
interface Active {
  readonly index: MemoryIndex
  /** Opened at the first append or read: an idle partition costs no file descriptor. */
  fd: number | undefined
}

/** The part of a segment that needs no checking: its end, and what is known of it. */
interface TrustedPart {
  readonly from: number
  /** The offset of the batch at `from`. */
  readonly nextOffset: number
  readonly maxTimestamp: number
  readonly index: MemoryIndex
}

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
 * the base offset. The file is named after the first offset in it, as in Kafka.
 */
export class Segment {
  readonly baseOffset: number
  readonly logPath: string
  readonly indexPath: string
  size: number
  /** The largest timestamp in the segment; of a sealed one, read from its index when first asked for. */
  #maxTimestamp: number | undefined
  #active: Active | undefined

  private constructor(directory: string, baseOffset: number, size: number, active: Active | undefined) {
    const name = String(baseOffset).padStart(20, '0')
    this.baseOffset = baseOffset
    this.logPath = join(directory, `${name}.log`)
    this.indexPath = join(directory, `${name}.index`)
    this.size = size
    this.#active = active
  }

  static create(directory: string, baseOffset: number): Segment {
    const segment = new Segment(directory, baseOffset, 0, { index: new MemoryIndex(), fd: undefined })
    segment.#maxTimestamp = -1
    return segment
  }

  /** A segment that is on disk already. It is sealed until recovery makes the last one active again. */
  static open(directory: string, baseOffset: number): Segment {
    const segment = new Segment(directory, baseOffset, 0, undefined)
    segment.size = statSync(segment.logPath).size
    return segment
  }

  get maxTimestamp(): number {
    this.#maxTimestamp ??= this.#withIndex((entries) => entries.at(entries.count - 1).maxTimestampBefore)
    return this.#maxTimestamp
  }

  /** Writes a batch at the end. On failure nothing of it remains, so the next append finds the end as it was. */
  append(batch: Buffer, header: BatchHeader): void {
    const { index } = this.#requireActive()
    const fd = this.#openFd()
    try {
      writeAll(fd, batch, this.size)
    } catch (error) {
      ftruncateSync(fd, this.size)
      throw error
    }
    this.#account(index, header, this.size)
    this.size += batch.length
  }

  #account(index: MemoryIndex, header: BatchHeader, position: number): void {
    if (position - index.lastPosition >= INDEX_INTERVAL_BYTES) {
      const relativeOffset = header.baseOffset - this.baseOffset
      index.push({ relativeOffset, position, maxTimestampBefore: this.maxTimestamp })
    }
    this.#maxTimestamp = Math.max(this.maxTimestamp, header.maxTimestamp)
  }

  /**
   * Whole batches from the one that holds `offset` on, up to `maxBytes`; with `atLeastOne`, the first batch
   * comes even when it is larger, or a consumer with a small limit would never get past it (KIP-74).
   */
  read(offset: number, maxBytes: number, atLeastOne: boolean, memory: ReadMemory): Buffer {
    return this.#withFd((fd) => {
      let position = this.#withIndex((entries) => positionForOffset(entries, offset - this.baseOffset))
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
    return this.#withFd((fd) => {
      const from = this.#withIndex((entries) => positionForTimestamp(entries, timestamp))
      for (const { header, bytes } of scanBatches(fd, from, this.size, false)) {
        if (header.maxTimestamp >= timestamp) return firstRecordAtOrAfter(bytes, header, timestamp)
      }
      return undefined
    })
  }

  /**
   * Makes a segment found on disk active again: trusts it up to a point, checks every batch after that, and
   * cuts off what is not whole. Returns how many bytes were cut.
   */
  recover(trusted: TrustedPart, visit: (batch: ScannedBatch) => void): number {
    const { from, maxTimestamp, index } = trusted
    let { nextOffset } = trusted
    this.#active = { index, fd: undefined }
    this.#maxTimestamp = maxTimestamp
    const fd = this.#openFd()
    const scan = scanBatches(fd, from, this.size, true)
    let step = scan.next()
    let end = from
    for (; !step.done; step = scan.next()) {
      const { header, position, bytes } = step.value
      if (header.baseOffset !== nextOffset) break // the checksum does not cover the offset
      this.#account(index, header, position)
      visit(step.value)
      nextOffset = header.baseOffset + header.lastOffsetDelta + 1
      end = position + bytes.length
    }
    const torn = this.size - end
    if (torn > 0) ftruncateSync(fd, end)
    this.size = end
    return torn
  }

  /** No more appends: the index goes to its file, and the open file (to be synced and closed) to the caller. */
  seal(nextOffset: number): number | undefined {
    const { index, fd } = this.#requireActive()
    const relativeOffset = nextOffset - this.baseOffset
    index.push({ relativeOffset, position: this.size, maxTimestampBefore: this.maxTimestamp })
    writeFileSync(this.indexPath, index.encoded())
    this.#active = undefined
    return fd
  }

  /** The index of the active segment, for the checkpoint to save. */
  get activeIndex(): MemoryIndex {
    return this.#requireActive().index
  }

  /** The open file of the active segment, if it was used at all. */
  get activeFd(): number | undefined {
    return this.#active?.fd
  }

  close(): void {
    if (this.#active?.fd === undefined) return
    closeSync(this.#active.fd)
    this.#active.fd = undefined
  }

  delete(): void {
    this.close()
    rmSync(this.logPath, { force: true })
    rmSync(this.indexPath, { force: true })
  }

  #requireActive(): Active {
    if (this.#active === undefined) throw new Error(`${this.logPath} is sealed`)
    return this.#active
  }

  #openFd(): number {
    const active = this.#requireActive()
    active.fd ??= openSync(this.logPath, constants.O_RDWR | constants.O_CREAT, 0o644)
    return active.fd
  }

  #withFd<T>(use: (fd: number) => T): T {
    if (this.#active !== undefined) return use(this.#openFd())
    const fd = openSync(this.logPath, 'r')
    try {
      return use(fd)
    } finally {
      closeSync(fd)
    }
  }

  #withIndex<T>(use: Parameters<typeof withIndexFile<T>>[1]): T {
    if (this.#active !== undefined) return use(this.#active.index)
    if (!this.#indexIsSound()) this.#rebuildIndex()
    return withIndexFile(this.indexPath, use)
  }

  /** A sealed segment's index ends with an entry for the end of the file. */
  #indexIsSound(): boolean {
    const { size } = statSync(this.indexPath, { throwIfNoEntry: false }) ?? { size: 0 }
    if (size === 0 || size % ENTRY_BYTES !== 0) return false
    return withIndexFile(this.indexPath, (entries) => entries.at(entries.count - 1).position === this.size)
  }

  #rebuildIndex(): void {
    const index = new MemoryIndex()
    this.#maxTimestamp = -1
    let nextOffset = this.baseOffset
    this.#withFd((fd) => {
      for (const { header, position } of scanBatches(fd, 0, this.size, false)) {
        this.#account(index, header, position)
        nextOffset = header.baseOffset + header.lastOffsetDelta + 1
      }
    })
    const relativeOffset = nextOffset - this.baseOffset
    index.push({ relativeOffset, position: this.size, maxTimestampBefore: this.maxTimestamp })
    writeFileSync(`${this.indexPath}.tmp`, index.encoded())
    renameSync(`${this.indexPath}.tmp`, this.indexPath)
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
