import { closeSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Logger } from '../logger.ts'
import { ActiveSegment } from './active-segment.ts'
import { type RecoveryPoint, readCheckpoint } from './checkpoint.ts'
import { ProducerStates } from './producer-state.ts'
import { SealedSegment } from './sealed-segment.ts'
import { MemoryIndex } from './segment-index.ts'

export interface RecoveredLog {
  /** In offset order. */
  readonly sealed: SealedSegment[]
  readonly active: ActiveSegment
  readonly logStartOffset: number
  readonly logEndOffset: number
  readonly producers: ProducerStates
}

/**
 * Opens the log of one partition. What the checkpoint vouches for is only looked at from outside (names and
 * sizes); every batch after the recovery point is checked, and the log ends where the first one fails.
 *
 * After kill -9 that is at most a batch cut short, never acknowledged. After a power cut it may be all that
 * the disk had not written yet: see FsyncPolicy.
 */
export function recoverLog(directory: string, name: string, logger: Logger): RecoveredLog {
  const found = segmentBaseOffsets(directory).map((baseOffset) => SealedSegment.open(directory, baseOffset))
  const checkpoint = readCheckpoint(directory)
  const point = checkpoint && reaches(found, checkpoint.recoveryPoint) ? checkpoint.recoveryPoint : undefined
  if (checkpoint && !point) logger.warn(`${name}: the log is shorter than its checkpoint; checking all of it`)

  const producers = new ProducerStates()
  if (checkpoint && point) producers.restore(checkpoint.producers)
  const logStartOffset = Math.max(checkpoint?.logStartOffset ?? 0, found[0]?.baseOffset ?? 0)
  let logEndOffset = point?.offset ?? found[0]?.baseOffset ?? logStartOffset

  const checkFrom = point?.segmentBaseOffset ?? 0
  const trusted = found.filter((segment) => segment.baseOffset < checkFrom)
  const unchecked = found.filter((segment) => segment.baseOffset >= checkFrom)
  const checked: ActiveSegment[] = []
  for (const segment of unchecked) {
    const known = segment.baseOffset === point?.segmentBaseOffset ? point : undefined
    if (known === undefined && segment.baseOffset !== logEndOffset) break // offsets are missing in between
    const { segment: resumed, torn } = resume(segment, known, (header) => {
      producers.record(header, header.baseOffset)
      logEndOffset = header.baseOffset + header.lastOffsetDelta + 1
    })
    checked.push(resumed)
    if (torn === 0) continue
    logger.warn(`${name}: truncated ${torn} bytes of an incomplete batch at offset ${logEndOffset}`)
    break
  }
  for (const lost of unchecked.slice(checked.length)) {
    logger.warn(`${name}: deleted ${lost.logPath}, the log ends at offset ${logEndOffset} before it`)
    lost.delete()
  }
  const active = checked.pop() ?? ActiveSegment.create(directory, logEndOffset)
  const sealed = [...trusted, ...sealInTurn(checked, active)]
  return { sealed, active, logStartOffset, logEndOffset, producers }
}

/** Whether the files hold at least what the checkpoint says they do. */
function reaches(segments: readonly SealedSegment[], point: RecoveryPoint): boolean {
  if (point.position === 0) return true // the file is made at the first append
  return segments.some((s) => s.baseOffset === point.segmentBaseOffset && s.size >= point.position)
}

/** Checks a segment from the recovery point on, or from its beginning; `torn` is how many bytes were cut off. */
function resume(
  found: SealedSegment,
  point: RecoveryPoint | undefined,
  stored: (header: Parameters<ProducerStates['record']>[0]) => void,
): { segment: ActiveSegment; torn: number } {
  const position = point?.position ?? 0
  const index = savedIndex(found, position)
  // Without its index file the segment is read from the start, but only the index learns from that part.
  const resumed = ActiveSegment.recover(
    found,
    index === undefined || point === undefined
      ? { from: 0, nextOffset: found.baseOffset, maxTimestamp: -1, index: new MemoryIndex() }
      : { from: position, nextOffset: point.offset, maxTimestamp: point.maxTimestamp, index },
    (batch) => {
      if (batch.position >= position) stored(batch.header)
    },
  )
  writeFileSync(found.indexPath, resumed.segment.index.encoded())
  return resumed
}

/** The entries of the index file that lie before `position`; undefined when the file has gone. */
function savedIndex(segment: SealedSegment, position: number): MemoryIndex | undefined {
  if (position === 0) return new MemoryIndex()
  try {
    return MemoryIndex.decode(readFileSync(segment.indexPath), position)
  } catch {
    return undefined
  }
}

/** Each segment ends where the next begins. */
function sealInTurn(segments: readonly ActiveSegment[], last: ActiveSegment): SealedSegment[] {
  return segments.map((segment, i) => {
    const { sealed, fd } = segment.seal((segments[i + 1] ?? last).baseOffset)
    if (fd !== undefined) closeSync(fd)
    return sealed
  })
}

function segmentBaseOffsets(directory: string): number[] {
  return readdirSync(directory)
    .filter((file) => /^\d{20}\.log$/.test(file))
    .map((file) => Number(file.slice(0, 20)))
    .sort((a, b) => a - b)
}
