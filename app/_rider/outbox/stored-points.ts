import { type Fix, MAX_RIDE_SEQ, MAX_SEQ_AHEAD, reportedFixSchema } from '#contracts/location.ts'
import { readFix } from '#domain/read-fix.ts'

/** The raw content of the device's storage for one delivery: written by any version of this page, possibly damaged. */
export type Stored = {
  fixes: readonly { key: unknown; value: unknown }[]
  /** The last number that was given. */
  number: unknown
  /** Entries that storage itself could not read. */
  unreadable: number
}
export type ReadPoints = {
  fixes: Fix[]
  lastSeq: number
  unreadable: number
  /** The result differs from what is stored, so storage must be rewritten. */
  changed: boolean
}

/** The points that can still be sent. `floorSeq` is the server's last seq: stored seqs far beyond it are not believed. */
export function readStored(stored: Stored, floorSeq: number): ReadPoints {
  const fixes: Fix[] = []
  const misnumbered: Fix[] = []
  let lastSeq = floorSeq
  let unreadable = stored.unreadable
  let dropped = 0
  for (const { key, value } of stored.fixes) {
    const seq = Array.isArray(key) ? key[1] : undefined
    const isObject = typeof value === 'object' && value !== null
    const parsed = reportedFixSchema.safeParse(isObject ? { ...value, seq: 1 } : value)
    if (!parsed.success || !isObject) {
      unreadable++
      continue
    }
    const read = readFix(parsed.data)
    dropped += read.dropped.length
    if ('seq' in value && value.seq === seq && isNumberGiven(seq, lastSeq)) {
      fixes.push({ ...read.fix, seq })
      lastSeq = Math.max(lastSeq, seq)
    } else misnumbered.push(read.fix)
  }
  if (isNumberGiven(stored.number, lastSeq)) lastSeq = Math.max(lastSeq, stored.number)
  for (const fix of misnumbered) fixes.push({ ...fix, seq: ++lastSeq })
  return { fixes, lastSeq, unreadable, changed: unreadable + dropped + misnumbered.length > 0 }
}

/** Whether a page can have assigned this seq: the server refuses one too far ahead (MAX_SEQ_AHEAD). */
export function isNumberGiven(number: unknown, lastSeq: number): number is number {
  return (
    typeof number === 'number' &&
    Number.isInteger(number) &&
    number > 0 &&
    number <= Math.min(lastSeq + MAX_SEQ_AHEAD, MAX_RIDE_SEQ)
  )
}
