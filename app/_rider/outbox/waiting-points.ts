import type { Fix } from '#contracts/location.ts'
import type { Reading } from '../gps/reading.ts'
import type { Waiting } from './outbox.ts'

/** The waiting points in the page's memory, by seq. */
export type WaitingPoints = ReturnType<typeof createWaitingPoints>

export function createWaitingPoints(floorSeq: number) {
  let fixes: Fix[] = []
  let lastSeq = floorSeq
  const add = (reading: Reading): Fix => {
    lastSeq++
    const fix = { ...reading, seq: lastSeq }
    fixes.push(fix)
    return fix
  }
  return {
    add,
    /** Adds a point that has its seq already, from storage. */
    put(fix: Fix) {
      fixes = [...fixes.filter(({ seq }) => seq !== fix.seq), fix].sort((a, b) => a.seq - b.seq)
      lastSeq = Math.max(lastSeq, fix.seq)
    },
    putAll(more: readonly Fix[]) {
      fixes = [...fixes, ...more].sort((a, b) => a.seq - b.seq)
      lastSeq = Math.max(lastSeq, fixes.at(-1)?.seq ?? 0)
    },
    raise(seq: number) {
      lastSeq = Math.max(lastSeq, seq)
    },
    remove(seqs: readonly number[]) {
      const gone = new Set(seqs)
      fixes = fixes.filter(({ seq }) => !gone.has(seq))
    },
    renumber(seqs: readonly number[]) {
      const taken = new Set(seqs)
      const again = fixes.filter(({ seq }) => taken.has(seq))
      fixes = fixes.filter(({ seq }) => !taken.has(seq))
      for (const { seq: _, ...reading } of again) add(reading)
    },
    all: (): readonly Fix[] => fixes,
    oldest: (limit: number) => fixes.slice(0, limit),
    newest: () => fixes.at(-1) ?? null,
    lastSeq: () => lastSeq,
    waiting: (): Waiting => ({ count: fixes.length, oldestAtMs: fixes[0]?.recordedAtMs ?? null }),
  }
}
