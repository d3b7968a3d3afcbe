import { closeSync, fdatasync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { ActiveSegment } from './active-segment.ts'
import { type Checkpoint, writeCheckpoint } from './checkpoint.ts'

const syncData = promisify(fdatasync)

/** The log that is flushed. */
interface Flushable {
  readonly directory: string
  /** The segment being appended to now. */
  active(): ActiveSegment
  checkpoint(): Checkpoint
}

/**
 * How one partition's log gets to the disk. Appends leave their bytes with the kernel; here is what is still to be
 * synced of them, and the checkpoint that says how far that is done.
 */
export class PartitionFlush {
  readonly #log: Flushable
  /** Segments rolled since the last flush: already complete, not yet synced. */
  readonly #rolled: number[] = []
  #savedIndexEntries: number
  #dirty = false
  #closed = false
  #syncing: Promise<void> | undefined

  constructor(log: Flushable) {
    this.#log = log
    this.#savedIndexEntries = log.active().index.count
  }

  get dirty(): boolean {
    return this.#dirty
  }

  /** Whether segments wait to be synced and closed. */
  get hasRolled(): boolean {
    return this.#rolled.length > 0
  }

  markDirty(): void {
    this.#dirty = true
  }

  /** A new segment has begun; `fd` is the open file of the one before, if it was used. */
  rolled(fd: number | undefined): void {
    if (fd !== undefined) this.#rolled.push(fd)
    this.#savedIndexEntries = 0
    this.#dirty = true
  }

  /** Waits until everything appended so far is on the disk; callers at the same time share one fsync. */
  async sync(): Promise<void> {
    const running = this.#syncing
    if (running !== undefined) await running
    this.#syncing ??= this.#syncFiles().finally(() => {
      this.#syncing = undefined
    })
    await this.#syncing
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
    const { fd } = this.#log.active()
    if (fd !== undefined) await syncData(fd)
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
    const active = this.#log.active()
    const checkpoint = this.#log.checkpoint()
    const entries = active.index.encoded(this.#savedIndexEntries)
    const savedEntries = active.index.count
    await this.sync()
    if (this.#closed) return
    if (active === this.#log.active() && entries.length > 0) {
      await appendFile(active.indexPath, entries)
      this.#savedIndexEntries = savedEntries
    }
    if (!this.#closed) writeCheckpoint(this.#log.directory, checkpoint)
  }

  close(): void {
    this.#closed = true
    for (const fd of this.#rolled.splice(0)) closeSync(fd)
  }
}
