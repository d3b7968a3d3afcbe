import { LAB_MARKS, LAB_WINDOW } from '#contracts/inside/groups.ts'

/** What has become of one message in one group. */
type Entry = { begun: number; finished: number; working: boolean; by: number | null }

const UNTOUCHED: Entry = { begun: 0, finished: 0, working: false, by: null }

/** What the members of one group do with each message: begun, finished, committed, and by whom. */
export class GroupLedger {
  readonly #entries: Entry[][]
  readonly #committed: number[]

  constructor(partitions: number) {
    this.#entries = Array.from({ length: partitions }, () => [])
    this.#committed = Array.from({ length: partitions }, () => 0)
  }

  begin(partition: number, offset: number, member: number): void {
    const { begun, finished } = this.#at(partition, offset)
    this.#set(partition, offset, { begun: begun + 1, finished, working: true, by: member })
  }

  finish(partition: number, offset: number): void {
    const entry = this.#at(partition, offset)
    this.#set(partition, offset, { ...entry, finished: entry.finished + 1, working: false })
  }

  /** The member has left its message unfinished. */
  crash(member: number): void {
    for (const entry of this.#entries.flat()) if (entry?.by === member) entry.working = false
  }

  commit(partition: number, next: number): void {
    this.#committed[partition] = next
  }

  /** `ends`: the offset that the next record gets, by partition. */
  count(ends: readonly number[]): { once: number; repeated: number; lost: number } {
    const counts = { once: 0, repeated: 0, lost: 0 }
    for (const [partition, end] of ends.entries()) {
      for (let offset = 0; offset < end; offset++) {
        const entry = this.#at(partition, offset)
        if (this.#isLost(partition, offset, entry)) counts.lost++
        else if (entry.begun > 1) counts.repeated++
        else if (entry.finished > 0) counts.once++
      }
    }
    return counts
  }

  /** The newest messages of a partition: a mark each, and the member that began it last. */
  marks(partition: number, end: number): { from: number; marks: string; by: string } {
    const from = Math.max(0, end - LAB_WINDOW)
    let marks = ''
    let by = ''
    for (let offset = from; offset < end; offset++) {
      const entry = this.#at(partition, offset)
      marks += this.#mark(partition, offset, entry)
      by += entry.by?.toString(36) ?? '.'
    }
    return { from, marks, by }
  }

  #mark(partition: number, offset: number, entry: Entry): string {
    if (entry.working) return LAB_MARKS.working
    if (this.#isLost(partition, offset, entry)) return LAB_MARKS.lost
    if (entry.finished === 0) return LAB_MARKS.waiting
    if (entry.begun > 1) return LAB_MARKS.repeated
    return offset < this.#committedOf(partition) ? LAB_MARKS.committed : LAB_MARKS.done
  }

  /** The group will not come back to it, and no member has done it. */
  #isLost(partition: number, offset: number, { finished, working }: Entry): boolean {
    return offset < this.#committedOf(partition) && finished === 0 && !working
  }

  #committedOf(partition: number): number {
    return this.#committed[partition] ?? 0
  }

  #at(partition: number, offset: number): Entry {
    return this.#entries[partition]?.[offset] ?? UNTOUCHED
  }

  #set(partition: number, offset: number, entry: Entry): void {
    const entries = this.#entries[partition]
    if (entries) entries[offset] = entry
  }
}
