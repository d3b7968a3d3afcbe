import { type Fix, MAX_RIDE_SEQ, MAX_SEQ_AHEAD, reportedFixSchema } from '#contracts/location.ts'
import { readFix } from '#domain/read-fix.ts'

/** What stands in the device's storage for one delivery, as it is read: by whatever version of this page, or worse. */
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
  /** What is stored is not what was read, and has to be written anew. */
  changed: boolean
}

/** The points that can still be sent. `floorSeq` is the number that the server is at: numbers far beyond it are not believed. */
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

/** Whether a page may have given this number: one far beyond what it sent would end the ride (MAX_SEQ_AHEAD). */
export function isNumberGiven(number: unknown, lastSeq: number): number is number {
  return (
    typeof number === 'number' &&
    Number.isInteger(number) &&
    number > 0 &&
    number <= Math.min(lastSeq + MAX_SEQ_AHEAD, MAX_RIDE_SEQ)
  )
}
