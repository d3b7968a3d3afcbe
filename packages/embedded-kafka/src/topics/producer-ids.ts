import { join } from 'node:path'
import type { Logger } from '../logger.ts'
import { Journal } from '../storage/journal.ts'

interface Block {
  /** The first id that no run of the broker may have handed out yet. */
  readonly nextProducerId: number
}

const BLOCK_SIZE = 1_000

/** Hands out producer ids, each once for ever. Like Kafka it takes them from disk a block at a time. */
export class ProducerIds {
  readonly #journal: Journal<Block>
  #next = 0
  #blockEnd = 0

  constructor(logDir: string, logger: Logger) {
    const apply = (block: Block) => {
      this.#blockEnd = block.nextProducerId
    }
    const current = () => [{ nextProducerId: this.#blockEnd }]
    this.#journal = new Journal(join(logDir, 'producer-ids.journal'), apply, current, logger)
    this.#next = this.#blockEnd // the rest of the last run's block is lost, and not missed
  }

  next(): number {
    if (this.#next === this.#blockEnd)
      this.#journal.append([{ nextProducerId: this.#next + BLOCK_SIZE }], true)
    return this.#next++
  }

  close(): void {
    this.#journal.close()
  }
}
