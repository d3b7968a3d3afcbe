import { mkdirSync } from 'node:fs'
import type { Logger } from '../logger.ts'
import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import { assignOffset, type BatchHeader } from '../protocol/record-batch.ts'
import type { OffsetAndTimestamp } from '../protocol/records.ts'
import { ActiveSegment } from './active-segment.ts'
import type { Checkpoint } from './checkpoint.ts'
import { PartitionFlush } from './partition-flush.ts'
import type { ProducerStates, StoredBatch } from './producer-state.ts'
import { recoverLog } from './recovery.ts'
import type { SealedSegment } from './sealed-segment.ts'
import type { ReadMemory, Segment } from './segment.ts'

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
  /** In offset order. */
  readonly #sealed: SealedSegment[]
  #active: ActiveSegment
  readonly #flushing: PartitionFlush
  readonly #appendListeners = new Set<() => void>()

  private constructor(directory: string, name: string, logger: Logger) {
    this.directory = directory
    mkdirSync(directory, { recursive: true })
    const recovered = recoverLog(directory, name, logger)
    this.#sealed = recovered.sealed
    this.#active = recovered.active
    this.logStartOffset = recovered.logStartOffset
    this.logEndOffset = recovered.logEndOffset
    this.producers = recovered.producers
    const checkpoint = () => this.#checkpoint()
    this.#flushing = new PartitionFlush({ directory, active: () => this.#active, checkpoint })
  }

  /** Opens the log in `directory`, or begins an empty one there. */
  static open(directory: string, name: string, logger: Logger): PartitionLog {
    return new PartitionLog(directory, name, logger)
  }

  get sizeInBytes(): number {
    return this.segments.reduce((sum, segment) => sum + segment.size, 0)
  }

  get dirty(): boolean {
    return this.#flushing.dirty
  }

  /** Whether segments wait to be synced and closed. */
  get hasRolled(): boolean {
    return this.#flushing.hasRolled
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
    this.#flushing.markDirty()
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
    const holds = (segment: Segment) => segment.baseOffset <= offset
    const segment = holds(this.#active) ? this.#active : this.#sealed.findLast(holds)
    return segment?.read(offset, maxBytes, atLeastOne, memory) ?? Buffer.alloc(0)
  }

  /** The first record with a timestamp of at least `timestamp`, if there is one. */
  firstAtOrAfter(timestamp: number): OffsetAndTimestamp | undefined {
    for (const segment of this.segments) {
      const found = segment.firstAtOrAfter(timestamp)
      if (found === undefined) continue
      return found.offset >= this.logStartOffset ? found : { ...found, offset: this.logStartOffset }
    }
    return undefined
  }

  /** Seals the active segment and begins a new one. */
  roll(): void {
    const { sealed, fd } = this.#active.seal(this.logEndOffset)
    this.#sealed.push(sealed)
    this.#active = ActiveSegment.create(this.directory, this.logEndOffset)
    this.#flushing.rolled(fd)
  }

  /** The segments, oldest first, for retention to judge. */
  get segments(): readonly Segment[] {
    return [...this.#sealed, this.#active]
  }

  /** Moves the start of the log up and deletes the segments that lie wholly before it. The active one stays. */
  deleteBefore(offset: number): void {
    this.logStartOffset = Math.max(this.logStartOffset, offset)
    this.#flushing.markDirty()
    const second = () => this.#sealed[1] ?? this.#active
    while (this.#sealed.length > 0 && second().baseOffset <= this.logStartOffset) {
      this.#sealed.shift()?.delete()
    }
  }

  /** Waits until everything appended so far is on the disk; callers at the same time share one fsync. */
  sync(): Promise<void> {
    return this.#flushing.sync()
  }

  /** Brings everything appended so far to the disk, and says so in the checkpoint. */
  flush(): Promise<void> {
    return this.#flushing.flush()
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
    this.#flushing.close()
    this.#active.close()
  }
}
