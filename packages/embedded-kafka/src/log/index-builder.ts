import type { BatchHeader } from '../protocol/record-batch.ts'
import { INDEX_INTERVAL_BYTES, MemoryIndex } from './segment-index.ts'

/** Makes the index of a segment while its batches come by in order: being appended, or being read again. */
export class IndexBuilder {
  readonly index: MemoryIndex
  readonly #baseOffset: number
  #maxTimestamp: number

  /** Goes on from an index that is there already, if given, and the largest timestamp so far. */
  constructor(baseOffset: number, index = new MemoryIndex(), maxTimestamp = -1) {
    this.index = index
    this.#baseOffset = baseOffset
    this.#maxTimestamp = maxTimestamp
  }

  get maxTimestamp(): number {
    return this.#maxTimestamp
  }

  add(header: BatchHeader, position: number): void {
    if (position - this.index.lastPosition >= INDEX_INTERVAL_BYTES) this.#push(header.baseOffset, position)
    this.#maxTimestamp = Math.max(this.#maxTimestamp, header.maxTimestamp)
  }

  /** The whole index of a sealed segment, with the entry that describes its end. */
  end(nextOffset: number, size: number): Buffer {
    this.#push(nextOffset, size)
    return this.index.encoded()
  }

  #push(offset: number, position: number): void {
    const relativeOffset = offset - this.#baseOffset
    this.index.push({ relativeOffset, position, maxTimestampBefore: this.#maxTimestamp })
  }
}
