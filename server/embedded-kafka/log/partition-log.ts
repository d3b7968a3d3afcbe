import { closeSync, fdatasync, mkdirSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Logger } from '../logger.ts'
import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import { assignOffset, type BatchHeader } from '../protocol/record-batch.ts'
import type { OffsetAndTimestamp } from '../protocol/records.ts'
import { type Checkpoint, writeCheckpoint } from './checkpoint.ts'
import type { ProducerStates, StoredBatch } from './producer-state.ts'
import { recoverLog } from './recovery.ts'
import { type ReadMemory, Segment } from './segment.ts'

const syncData = promisify(fdatasync)

/** There is one broker and it never fails over, so every batch belongs to the first leader. */
export const LEADER_EPOCH = 0

export interface AppendResult {
  readonly baseOffset: number
  /** For a retry, the batch that it had become before. */
  readonly earlier: StoredBatch | undefined
}

/**
 * One partition: an append-only sequence of record batches, kept in segment files.
 * Offsets run from `logStartOffset` (retention moves it up) to `logEndOffset`, the next one to be given.
 */
export class PartitionLog {
  readonly directory: string
  readonly producers: ProducerStates
  logStartOffset: number
  logEndOffset: number
  /** In offset order; appends go to the last. */
  #segments: Segment[]
  /** Segments rolled since the last flush: already complete, not yet synced. */
  #rolled: number[] = []
  #savedIndexEntries = 0
  #dirty = false
  #closed = false
  #flushing: Promise<void> | undefined
  readonly #appendListeners = new Set<() => void>()

  private constructor(directory: string, name: string, logger: Logger) {
    this.directory = directory
    mkdirSync(directory, { recursive: true })
    const recovered = recoverLog(directory, name, logger)
    this.#segments = recovered.segments
    this.logStartOffset = recovered.logStartOffset
    this.logEndOffset = recovered.logEndOffset
    this.producers = recovered.producers
    this.#savedIndexEntries = this.#active.activeIndex.count
  }

  /** Opens the log in `directory`, or begins an empty one there. */
  static open(directory: string, name: string, logger: Logger): PartitionLog {
    return new PartitionLog(directory, name, logger)
  }

  get #active(): Segment {
    const active = this.#segments.at(-1)
    if (active === undefined) throw new Error(`${this.directory} has no segment`)
    return active
  }

  get sizeInBytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.size, 0)
  }

  get dirty(): boolean {
    return this.#dirty
  }

  /** Whether segments wait to be synced and closed. */
  get hasRolled(): boolean {
    return this.#rolled.length > 0
  }

  /**
   * Appends one batch as it came, at the end. When this returns, the bytes are with the kernel: they survive
   * the death of this process.
   */
  append(batch: Buffer, header: BatchHeader, segmentBytes: number): AppendResult {
    const earlier = this.producers.check(header)
    if (earlier !== undefined) return { baseOffset: earlier.baseOffset, earlier }

    const baseOffset = this.logEndOffset
    assignOffset(batch, baseOffset, LEADER_EPOCH)
    try {
      if (this.#isFull(batch.length, header, segmentBytes)) this.roll()
      this.#active.append(batch, { ...header, baseOffset })
    } catch (error) {
      throw new KafkaError(ErrorCode.KAFKA_STORAGE_ERROR, `cannot write ${this.directory}: ${String(error)}`)
    }
    this.producers.record(header, baseOffset)
    this.logEndOffset = baseOffset + header.lastOffsetDelta + 1
    this.#dirty = true
    for (const listener of this.#appendListeners) listener()
    return { baseOffset, earlier }
  }

  #isFull(bytes: number, header: BatchHeader, segmentBytes: number): boolean {
    const { size, baseOffset } = this.#active
    if (size === 0) return false
    // The index keeps offsets relative to the segment, in 32 bits.
    return (
      size + bytes > segmentBytes || this.logEndOffset + header.lastOffsetDelta - baseOffset > 0x7fff_ffff
    )
  }

  /** Calls `listener` after every append, until the returned function is called. */
  onAppend(listener: () => void): () => void {
    this.#appendListeners.add(listener)
    return () => this.#appendListeners.delete(listener)
  }

  /** Whole batches from the one that holds `offset` on; nothing at the end of the log. */
  read(offset: number, maxBytes: number, atLeastOne: boolean, memory: ReadMemory): Buffer {
    if (offset < this.logStartOffset || offset > this.logEndOffset) {
      throw new KafkaError(
        ErrorCode.OFFSET_OUT_OF_RANGE,
        `${offset} is not in ${this.logStartOffset}..${this.logEndOffset}`,
      )
    }
    if (offset === this.logEndOffset) return Buffer.alloc(0)
    const segment = this.#segments.findLast((candidate) => candidate.baseOffset <= offset)
    return segment?.read(offset, maxBytes, atLeastOne, memory) ?? Buffer.alloc(0)
  }

  /** The first record with a timestamp of at least `timestamp`, if there is one. */
  firstAtOrAfter(timestamp: number): OffsetAndTimestamp | undefined {
    for (const segment of this.#segments) {
      const found = segment.firstAtOrAfter(timestamp)
      if (found === undefined) continue
      return found.offset >= this.logStartOffset ? found : { ...found, offset: this.logStartOffset }
    }
    return undefined
  }

  /** Seals the active segment and begins a new one. */
  roll(): void {
    const fd = this.#active.seal(this.logEndOffset)
    if (fd !== undefined) this.#rolled.push(fd)
    this.#segments.push(Segment.create(this.directory, this.logEndOffset))
    this.#savedIndexEntries = 0
    this.#dirty = true
  }

  /** The segments, oldest first, for retention to judge. */
  get segments(): readonly Segment[] {
    return this.#segments
  }

  /** Moves the start of the log up and deletes the segments that lie wholly before it. The active one stays. */
  deleteBefore(offset: number): void {
    this.logStartOffset = Math.max(this.logStartOffset, offset)
    this.#dirty = true
    while ((this.#segments[1]?.baseOffset ?? Number.POSITIVE_INFINITY) <= this.logStartOffset) {
      this.#segments.shift()?.delete()
    }
  }

  /** Waits until everything appended so far is on the disk; callers at the same time share one fsync. */
  async sync(): Promise<void> {
    const running = this.#flushing
    if (running !== undefined) await running
    this.#flushing ??= this.#syncFiles().finally(() => {
      this.#flushing = undefined
    })
    await this.#flushing
  }

  async #syncFiles(): Promise<void> {
    // Let the appends of this turn of the event loop join.
    await new Promise(setImmediate)
    if (this.#closed) return
    const rolled = this.#rolled.splice(0)
    for (const fd of rolled) {
      await syncData(fd)
      closeSync(fd)
    }
    const { activeFd } = this.#active
    if (activeFd !== undefined) await syncData(activeFd)
  }

  /** Brings everything appended so far to the disk, and says so in the checkpoint. */
  async flush(): Promise<void> {
    if (!this.#dirty || this.#closed) return
    this.#dirty = false
    try {
      await this.#flush()
    } catch (error) {
      this.#dirty = true
      throw error
    }
  }

  async #flush(): Promise<void> {
    const active = this.#active
    const checkpoint = this.#checkpoint()
    const entries = active.activeIndex.encoded(this.#savedIndexEntries)
    const savedEntries = active.activeIndex.count
    await this.sync()
    if (this.#closed) return
    if (active === this.#active && entries.length > 0) {
      await appendFile(active.indexPath, entries)
      this.#savedIndexEntries = savedEntries
    }
    if (!this.#closed) writeCheckpoint(this.directory, checkpoint)
  }

  #checkpoint(): Checkpoint {
    const { baseOffset: segmentBaseOffset, size: position, maxTimestamp } = this.#active
    return {
      logStartOffset: this.logStartOffset,
      recoveryPoint: { offset: this.logEndOffset, segmentBaseOffset, position, maxTimestamp },
      producers: this.producers.snapshot(),
    }
  }

  close(): void {
    this.#closed = true
    for (const fd of this.#rolled.splice(0)) closeSync(fd)
    this.#active.close()
  }
}
