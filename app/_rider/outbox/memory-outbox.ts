import type { Outbox } from './outbox.ts'
import { createWaitingPoints } from './waiting-points.ts'

/** An outbox for a simulated rider who exists only while the page is open. */
export function createMemoryOutbox(floorSeq = 0): Outbox {
  const points = createWaitingPoints(floorSeq)
  let listener = () => {}
  return {
    ...points,
    async add(reading) {
      const fix = points.add(reading)
      listener()
      return fix
    },
    lastSeq: async () => points.lastSeq(),
    remove(seqs) {
      points.remove(seqs)
      listener()
    },
    renumber(seqs) {
      points.renumber(seqs)
      listener()
    },
    storage: () => ({ trouble: null, unreadable: 0 }),
    onChange(next) {
      listener = next
    },
    close: () => {},
  }
}
