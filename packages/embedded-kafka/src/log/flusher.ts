import type { BrokerConfig } from '../config.ts'
import type { Logger } from '../logger.ts'
import type { PartitionLog } from './partition-log.ts'

/**
 * Flushes logs every `intervalMs`, one after another. Under the policy `never` only those that began a new segment:
 * Kafka too syncs a segment when it is complete (see FsyncPolicy).
 */
export class Flusher {
  readonly #logs: () => Iterable<PartitionLog>
  readonly #logger: Logger
  readonly #isDue: (log: PartitionLog) => boolean
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> | undefined

  constructor(logs: () => Iterable<PartitionLog>, { fsync, flushIntervalMs, logger }: BrokerConfig) {
    this.#logs = logs
    this.#logger = logger
    this.#isDue = fsync === 'never' ? (log) => log.hasRolled : (log) => log.dirty
    this.#timer = setInterval(() => void this.#flushDue(), flushIntervalMs)
  }

  /** One round; a round that is still running is joined, not doubled. */
  #flushDue(): Promise<void> {
    this.#running ??= this.#flush(this.#isDue).finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #flush(isDue: (log: PartitionLog) => boolean): Promise<void> {
    for (const log of [...this.#logs()].filter(isDue)) {
      await log.flush().catch((error) => this.#logger.warn(`cannot flush ${log.directory}: ${String(error)}`))
    }
  }

  /** Stops, after flushing whatever is left. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
    await this.#flush((log) => log.dirty)
  }
}
