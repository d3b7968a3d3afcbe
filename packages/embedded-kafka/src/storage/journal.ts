import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
} from 'node:fs'
import { replaceFileDurably, writeAll } from '../log/files.ts'
import type { Logger } from '../logger.ts'
import { crc32c } from '../protocol/crc32c.ts'

const COMPACT_ABOVE_BYTES = 4 * 1024 * 1024

/**
 * A file of small facts, one JSON line each, behind its checksum: appended as they happen, replayed at start,
 * rewritten now and then with only what still holds. (Kafka keeps such facts in compacted topics:
 * __cluster_metadata and __consumer_offsets. The idea is the same.)
 */
export class Journal<Entry> {
  readonly #path: string
  readonly #apply: (entry: Entry) => void
  readonly #current: () => Iterable<Entry>
  #fd: number
  #size: number
  #sizeAfterCompaction: number

  /**
   * @param apply takes each entry, oldest first: those on file now, later ones once they are written
   * @param current lists entries that lead to the same state, for a rewrite
   */
  constructor(path: string, apply: (entry: Entry) => void, current: () => Iterable<Entry>, logger: Logger) {
    this.#path = path
    this.#apply = apply
    this.#current = current
    this.#fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644)
    this.#size = replay(readFileSync(path), apply)
    const torn = fstatSync(this.#fd).size - this.#size
    if (torn > 0) {
      logger.warn(`${path}: truncated ${torn} bytes of an incomplete entry`)
      ftruncateSync(this.#fd, this.#size)
    }
    this.#sizeAfterCompaction = this.#size
    if (this.#size > 0) this.compact()
  }

  /** When this returns, the entries survive the death of the process; with `sync`, also a power cut. */
  append(entries: readonly Entry[], sync = false): void {
    const bytes = Buffer.concat(entries.map(encodeLine))
    writeAll(this.#fd, bytes, this.#size)
    this.#size += bytes.length
    if (sync) this.sync()
    for (const entry of entries) this.#apply(entry)
    if (this.#size > COMPACT_ABOVE_BYTES && this.#size > 4 * this.#sizeAfterCompaction) this.compact()
  }

  sync(): void {
    fdatasyncSync(this.#fd)
  }

  compact(): void {
    const lines = Buffer.concat([...this.#current()].map(encodeLine))
    replaceFileDurably(this.#path, lines)
    closeSync(this.#fd)
    this.#fd = openSync(this.#path, constants.O_RDWR)
    this.#size = lines.length
    this.#sizeAfterCompaction = lines.length
  }

  close(): void {
    fdatasyncSync(this.#fd)
    closeSync(this.#fd)
  }
}

function encodeLine(entry: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(entry))
  return Buffer.concat([Buffer.from(`${checksum(json)} `), json, Buffer.from('\n')])
}

function checksum(json: Buffer): string {
  return crc32c(json).toString(16).padStart(8, '0')
}

/** Applies the whole lines at the head of `bytes`; returns where they end. */
function replay<Entry>(bytes: Buffer, apply: (entry: Entry) => void): number {
  let at = 0
  for (;;) {
    const end = bytes.indexOf('\n', at)
    if (end === -1) return at
    const json = bytes.subarray(at + 9, end)
    if (bytes.toString('latin1', at, at + 8) !== checksum(json)) return at
    apply(JSON.parse(json.toString()))
    at = end + 1
  }
}
