import type { PartitionLog } from './partition-log.ts'

export interface RetentionLimits {
  /** -1: no limit. */
  readonly retentionMs: number
  readonly retentionBytes: number
}

/**
 * Deletes the oldest segments that are too old or too much, whole, whether anyone has read them or not:
 * a log is not a queue. Returns how many went.
 * https://kafka.apache.org/documentation/#topicconfigs_retention.ms
 */
export function applyRetention(log: PartitionLog, limits: RetentionLimits, now: number): number {
  const tooOld = (maxTimestamp: number) => limits.retentionMs >= 0 && now - maxTimestamp > limits.retentionMs
  // When even the newest record is too old, the active segment goes too: a quiet topic must not keep it for ever.
  const newest = log.segments.at(-1)
  if (newest !== undefined && newest.size > 0 && tooOld(newest.maxTimestamp)) log.roll()

  const before = log.segments.length
  let excess = limits.retentionBytes >= 0 ? log.sizeInBytes - limits.retentionBytes : 0
  for (;;) {
    const [oldest, next] = log.segments
    if (oldest === undefined || next === undefined) break
    // By size, a segment goes only if what remains still fills the limit.
    if (!tooOld(oldest.maxTimestamp) && excess < oldest.size) break
    excess -= oldest.size
    log.deleteBefore(next.baseOffset)
  }
  return before - log.segments.length
}
