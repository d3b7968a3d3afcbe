import { closeSync, fstatSync, openSync } from 'node:fs'
import { readFully } from './files.ts'

/**
 * The sparse index of a segment: about one entry for every INDEX_INTERVAL_BYTES of log. An entry says
 *   the batch at `position` starts at offset base + `relativeOffset`, and
 *   no batch before it has a timestamp above `maxTimestampBefore`.
 * Kafka keeps the two facts in two files (.index and .timeindex); here they share one.
 *
 * On disk, 16 bytes per entry, big endian: relativeOffset uint32, position uint32, maxTimestampBefore double.
 * A sealed segment ends with one more entry that describes its end.
 */
export const INDEX_INTERVAL_BYTES = 4_096
export const ENTRY_BYTES = 16

export interface IndexEntry {
  readonly relativeOffset: number
  readonly position: number
  readonly maxTimestampBefore: number
}

/** What a lookup needs; the entries of the active segment are in memory, those of sealed ones stay on disk. */
export interface IndexEntries {
  readonly count: number
  at(i: number): IndexEntry
}

/** The last entry for which `holds` is true (it must be true for a prefix of the entries). */
function lastWhere(entries: IndexEntries, holds: (entry: IndexEntry) => boolean): IndexEntry | undefined {
  let found: IndexEntry | undefined
  for (let low = 0, high = entries.count - 1; low <= high; ) {
    const middle = (low + high) >>> 1
    const entry = entries.at(middle)
    if (holds(entry)) {
      found = entry
      low = middle + 1
    } else {
      high = middle - 1
    }
  }
  return found
}

/** Where to start scanning for the batch that holds `relativeOffset`. */
export function positionForOffset(entries: IndexEntries, relativeOffset: number): number {
  return lastWhere(entries, (entry) => entry.relativeOffset <= relativeOffset)?.position ?? 0
}

/** Where to start scanning for the first batch with a timestamp of at least `timestamp`. */
export function positionForTimestamp(entries: IndexEntries, timestamp: number): number {
  return lastWhere(entries, (entry) => entry.maxTimestampBefore < timestamp)?.position ?? 0
}

function decodeEntry(bytes: Buffer, at: number): IndexEntry {
  return {
    relativeOffset: bytes.readUInt32BE(at),
    position: bytes.readUInt32BE(at + 4),
    maxTimestampBefore: bytes.readDoubleBE(at + 8),
  }
}

/** The growing index of the active segment: one flat buffer, 16 bytes per 4 KiB of log. */
export class MemoryIndex implements IndexEntries {
  #bytes = Buffer.alloc(64 * ENTRY_BYTES)
  count = 0

  at(i: number): IndexEntry {
    return decodeEntry(this.#bytes, i * ENTRY_BYTES)
  }

  get lastPosition(): number {
    return this.count === 0 ? 0 : this.at(this.count - 1).position
  }

  push(entry: IndexEntry): void {
    const at = this.count * ENTRY_BYTES
    if (at === this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)])
    this.#bytes.writeUInt32BE(entry.relativeOffset, at)
    this.#bytes.writeUInt32BE(entry.position, at + 4)
    this.#bytes.writeDoubleBE(entry.maxTimestampBefore, at + 8)
    this.count++
  }

  /** The encoded entries from number `first` on. */
  encoded(first = 0): Buffer {
    return Buffer.from(this.#bytes.subarray(first * ENTRY_BYTES, this.count * ENTRY_BYTES))
  }

  /** Takes over the entries of a file that lie before `position`, in order; the first doubtful one ends it. */
  static decode(bytes: Buffer, position: number): MemoryIndex {
    const index = new MemoryIndex()
    for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
      const entry = decodeEntry(bytes, at)
      if (entry.position >= position || entry.position <= index.lastPosition) break
      index.push(entry)
    }
    return index
  }
}

/** Runs `use` on the index file of a sealed segment. A lookup costs a dozen reads of 16 bytes, and no memory. */
export function withIndexFile<T>(path: string, use: (entries: IndexEntries) => T): T {
  const fd = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(ENTRY_BYTES)
    return use({
      count: Math.floor(fstatSync(fd).size / ENTRY_BYTES),
      at: (i) => {
        readFully(fd, bytes, i * ENTRY_BYTES)
        return decodeEntry(bytes, 0)
      },
    })
  } finally {
    closeSync(fd)
  }
}
