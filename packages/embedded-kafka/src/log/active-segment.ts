import { closeSync, constants, ftruncateSync, openSync, writeFileSync } from 'node:fs'
import type { BatchHeader } from '../protocol/record-batch.ts'
import { type ScannedBatch, scanBatches } from './batch-scan.ts'
import { writeAll } from './files.ts'
import { IndexBuilder } from './index-builder.ts'
import { SealedSegment } from './sealed-segment.ts'
import { Segment } from './segment.ts'
import type { IndexEntries, MemoryIndex } from './segment-index.ts'

/** The part of a segment that needs no checking: its end, and what is known of it. */
interface TrustedPart {
  readonly from: number
  /** The offset of the batch at `from`. */
  readonly nextOffset: number
  readonly maxTimestamp: number
  readonly index: MemoryIndex
}

/** The segment at the end of a log: batches are appended to it, its index grows in memory, its file stays open. */
export class ActiveSegment extends Segment {
  readonly #builder: IndexBuilder
  #size: number
  /** Opened at the first append or read: an idle partition costs no file descriptor. */
  #fd: number | undefined

  private constructor(directory: string, baseOffset: number, size: number, builder: IndexBuilder) {
    super(directory, baseOffset)
    this.#size = size
    this.#builder = builder
  }

  static create(directory: string, baseOffset: number): ActiveSegment {
    return new ActiveSegment(directory, baseOffset, 0, new IndexBuilder(baseOffset))
  }

  /**
   * Makes a segment found on disk active again: trusts it up to a point, checks every batch after that, and
   * cuts off what is not whole. `torn` is how many bytes were cut.
   */
  static recover(
    { directory, baseOffset, size }: SealedSegment,
    trusted: TrustedPart,
    visit: (batch: ScannedBatch) => void,
  ): { segment: ActiveSegment; torn: number } {
    const builder = new IndexBuilder(baseOffset, trusted.index, trusted.maxTimestamp)
    const segment = new ActiveSegment(directory, baseOffset, size, builder)
    return { segment, torn: segment.#truncateToValid(trusted, visit) }
  }

  #truncateToValid({ from, nextOffset }: TrustedPart, visit: (batch: ScannedBatch) => void): number {
    const fd = this.#openFd()
    let expected = nextOffset
    let end = from
    for (const batch of scanBatches(fd, from, this.#size, true)) {
      const { header, position, bytes } = batch
      if (header.baseOffset !== expected) break // the checksum does not cover the offset
      this.#builder.add(header, position)
      visit(batch)
      expected = header.baseOffset + header.lastOffsetDelta + 1
      end = position + bytes.length
    }
    const torn = this.#size - end
    if (torn > 0) ftruncateSync(fd, end)
    this.#size = end
    return torn
  }

  get size(): number {
    return this.#size
  }

  get maxTimestamp(): number {
    return this.#builder.maxTimestamp
  }

  /** The index so far, for the checkpoint to save. */
  get index(): MemoryIndex {
    return this.#builder.index
  }

  /** The open file, if it was used at all. */
  get fd(): number | undefined {
    return this.#fd
  }

  /** Writes a batch at the end. On failure nothing of it remains, so the next append finds the end as it was. */
  append(batch: Buffer, header: BatchHeader): void {
    const fd = this.#openFd()
    try {
      writeAll(fd, batch, this.#size)
    } catch (error) {
      ftruncateSync(fd, this.#size)
      throw error
    }
    this.#builder.add(header, this.#size)
    this.#size += batch.length
  }

  /** No more appends: the index goes to its file, and the open file (to be synced and closed) to the caller. */
  seal(nextOffset: number): { sealed: SealedSegment; fd: number | undefined } {
    writeFileSync(this.indexPath, this.#builder.end(nextOffset, this.#size))
    const fd = this.#fd
    this.#fd = undefined
    return { sealed: SealedSegment.of(this), fd }
  }

  close(): void {
    if (this.#fd === undefined) return
    closeSync(this.#fd)
    this.#fd = undefined
  }

  protected withFd<T>(use: (fd: number) => T): T {
    return use(this.#openFd())
  }

  protected withIndex<T>(use: (entries: IndexEntries) => T): T {
    return use(this.index)
  }

  #openFd(): number {
    this.#fd ??= openSync(this.logPath, constants.O_RDWR | constants.O_CREAT, 0o644)
    return this.#fd
  }
}
