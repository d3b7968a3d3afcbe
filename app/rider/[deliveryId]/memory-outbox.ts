import type { Fix } from '#contracts/location.ts'
import type { Outbox } from './outbox.ts'

/** For browsers that give no storage. What waits is lost with the page. */
export function createMemoryOutbox(): Outbox {
  let fixes: Fix[] = []
  let lastSeq = 0
  return {
    durable: false,
    async add(reading, floorSeq) {
      lastSeq = Math.max(lastSeq, floorSeq) + 1
      const fix = { ...reading, seq: lastSeq }
      fixes.push(fix)
      return fix
    },
    oldest: async (limit) => fixes.slice(0, limit),
    newest: async () => fixes.at(-1) ?? null,
    async remove(gone) {
      const seqs = new Set(gone.map((fix) => fix.seq))
      fixes = fixes.filter((fix) => !seqs.has(fix.seq))
    },
    waiting: async () => ({ count: fixes.length, oldestAtMs: fixes[0]?.recordedAtMs ?? null }),
    async clear() {
      fixes = []
    },
  }
}
