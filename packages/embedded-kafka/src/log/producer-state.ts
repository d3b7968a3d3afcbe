import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import type { BatchHeader } from '../protocol/record-batch.ts'

/** A batch that an idempotent producer has stored. */
export interface StoredBatch {
  readonly firstSequence: number
  readonly lastSequence: number
  readonly baseOffset: number
  readonly maxTimestamp: number
}

export interface ProducerEntry {
  readonly producerId: number
  readonly epoch: number
  readonly lastTimestamp: number
  /** The latest few, oldest first. */
  readonly batches: readonly StoredBatch[]
}

/** A producer may have five requests in flight, so any of its last five batches can come again (KIP-98). */
const REMEMBERED_BATCHES = 5
const NO_PRODUCER_ID = -1
const MAX_SEQUENCE = 0x7fff_ffff

/**
 * What one partition knows of its idempotent producers (KIP-98): enough to answer a retried batch with the offset
 * it already has, and to refuse one that would leave a gap.
 */
export class ProducerStates {
  readonly #producers = new Map<number, ProducerEntry>()

  /**
   * Judges a batch before it is stored. Returns where it already is when it is a retry; throws when its
   * sequence is not the next one; returns undefined when it may be appended.
   */
  check(header: BatchHeader): StoredBatch | undefined {
    if (header.producerId === NO_PRODUCER_ID) return undefined
    const entry = this.#producers.get(header.producerId)
    if (entry === undefined) return undefined
    if (header.producerEpoch < entry.epoch) {
      throw new KafkaError(
        ErrorCode.INVALID_PRODUCER_EPOCH,
        `producer ${header.producerId} has a newer epoch`,
      )
    }
    if (header.producerEpoch > entry.epoch) {
      if (header.baseSequence === 0) return undefined
      throw outOfOrder(header, 0)
    }
    const lastSequence = addSequence(header.baseSequence, header.lastOffsetDelta)
    const stored = entry.batches.find(
      (batch) => batch.firstSequence === header.baseSequence && batch.lastSequence === lastSequence,
    )
    if (stored !== undefined) return stored
    const expected = addSequence(entry.batches.at(-1)?.lastSequence ?? -1, 1)
    if (header.baseSequence !== expected) throw outOfOrder(header, expected)
    return undefined
  }

  /** Remembers a batch that has been stored, now or (at recovery) before. */
  record(header: BatchHeader, baseOffset: number): void {
    if (header.producerId === NO_PRODUCER_ID) return
    const entry = this.#producers.get(header.producerId)
    const earlier = entry !== undefined && entry.epoch === header.producerEpoch ? entry.batches : []
    const batch = {
      firstSequence: header.baseSequence,
      lastSequence: addSequence(header.baseSequence, header.lastOffsetDelta),
      baseOffset,
      maxTimestamp: header.maxTimestamp,
    }
    this.#producers.set(header.producerId, {
      producerId: header.producerId,
      epoch: header.producerEpoch,
      lastTimestamp: Date.now(),
      batches: [...earlier.slice(1 - REMEMBERED_BATCHES), batch],
    })
  }

  /** Forgets producers that have been silent; without this the map would grow with every producer ever seen. */
  expire(silentSince: number): void {
    for (const [producerId, entry] of this.#producers) {
      if (entry.lastTimestamp < silentSince) this.#producers.delete(producerId)
    }
  }

  snapshot(): ProducerEntry[] {
    return [...this.#producers.values()]
  }

  restore(entries: readonly ProducerEntry[]): void {
    for (const entry of entries) this.#producers.set(entry.producerId, entry)
  }
}

/** Sequence numbers wrap from 2^31 - 1 to 0. */
function addSequence(sequence: number, increment: number): number {
  return sequence > MAX_SEQUENCE - increment
    ? increment - (MAX_SEQUENCE - sequence) - 1
    : sequence + increment
}

function outOfOrder(header: BatchHeader, expected: number): KafkaError {
  return new KafkaError(
    ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
    `producer ${header.producerId} sent sequence ${header.baseSequence}, expected ${expected}`,
  )
}
