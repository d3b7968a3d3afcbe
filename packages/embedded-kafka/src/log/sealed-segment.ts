import { closeSync, openSync, rmSync, statSync } from 'node:fs'
import { scanBatches } from './batch-scan.ts'
import { replaceFile } from './files.ts'
import { IndexBuilder } from './index-builder.ts'
import { Segment } from './segment.ts'
import { ENTRY_BYTES, type IndexEntries, withIndexFile } from './segment-index.ts'

/** A segment that gets no more batches. It keeps neither memory nor a file descriptor; its index is in a file. */
export class SealedSegment extends Segment {
  readonly #size: number
  /** Read from the index when first asked for, if not known. */
  #maxTimestamp: number | undefined

  private constructor(directory: string, baseOffset: number, size?: number, maxTimestamp?: number) {
    super(directory, baseOffset)
    this.#size = size ?? statSync(this.logPath).size
    this.#maxTimestamp = maxTimestamp
  }

  /** A segment that is on disk already. It is sealed until recovery makes the last one active again. */
  static open(directory: string, baseOffset: number): SealedSegment {
    return new SealedSegment(directory, baseOffset)
  }

  /** What an active segment becomes, once its index is written. */
  static of({ directory, baseOffset, size, maxTimestamp }: Segment): SealedSegment {
    return new SealedSegment(directory, baseOffset, size, maxTimestamp)
  }

  get size(): number {
    return this.#size
  }

  get maxTimestamp(): number {
    this.#maxTimestamp ??= this.withIndex((entries) => entries.at(entries.count - 1).maxTimestampBefore)
    return this.#maxTimestamp
  }

  delete(): void {
    rmSync(this.logPath, { force: true })
    rmSync(this.indexPath, { force: true })
  }

  protected withFd<T>(use: (fd: number) => T): T {
    const fd = openSync(this.logPath, 'r')
    try {
      return use(fd)
    } finally {
      closeSync(fd)
    }
  }

  protected withIndex<T>(use: (entries: IndexEntries) => T): T {
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
    const builder = new IndexBuilder(this.baseOffset)
    let nextOffset = this.baseOffset
    this.withFd((fd) => {
      for (const { header, position } of scanBatches(fd, 0, this.size, false)) {
        builder.add(header, position)
        nextOffset = header.baseOffset + header.lastOffsetDelta + 1
      }
    })
    replaceFile(this.indexPath, builder.end(nextOffset, this.size))
    this.#maxTimestamp = builder.maxTimestamp
  }
}
