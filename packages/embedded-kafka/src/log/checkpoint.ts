import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from './files.ts'
import type { ProducerEntry } from './producer-state.ts'

/**
 * What is known to be safe on disk, saved beside a partition's segments after each flush. Start-up trusts
 * everything before the recovery point and checks only what follows, so it does not depend on how large the
 * log is. Kafka spreads the same facts over recovery-point-offset-checkpoint, log-start-offset-checkpoint and
 * the .snapshot files of producer state.
 */
export interface Checkpoint {
  readonly logStartOffset: number
  readonly recoveryPoint: RecoveryPoint
  readonly producers: readonly ProducerEntry[]
}

export interface RecoveryPoint {
  readonly offset: number
  readonly segmentBaseOffset: number
  /** Where `offset` begins in that segment, and the largest timestamp before it. */
  readonly position: number
  readonly maxTimestamp: number
}

const FILE = 'checkpoint.json'

export function writeCheckpoint(directory: string, checkpoint: Checkpoint): void {
  replaceFile(join(directory, FILE), JSON.stringify(checkpoint))
}

/** The saved checkpoint; none if the file is missing or was spoilt, and then the whole log is checked. */
export function readCheckpoint(directory: string): Checkpoint | undefined {
  let text: string
  try {
    text = readFileSync(join(directory, FILE), 'utf8')
  } catch {
    return undefined // a partition that was never flushed
  }
  try {
    const value: Partial<Checkpoint> = JSON.parse(text)
    const point = value.recoveryPoint
    const numbers = [
      value.logStartOffset,
      point?.offset,
      point?.segmentBaseOffset,
      point?.position,
      point?.maxTimestamp,
    ]
    return numbers.every((n) => typeof n === 'number') && Array.isArray(value.producers)
      ? (value as Checkpoint)
      : undefined
  } catch {
    return undefined // not JSON: written by a crash, or by a hand
  }
}
