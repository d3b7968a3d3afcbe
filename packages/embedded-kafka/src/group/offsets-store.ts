import { join } from 'node:path'
import type { Logger } from '../logger.ts'
import { Journal } from '../storage/journal.ts'

export interface CommittedOffset {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly leaderEpoch: number
  /** Free text of the client. */
  readonly metadata: string
  readonly committedAt: number
}

type OffsetsEntry =
  | ({ readonly type: 'commit'; readonly group: string } & CommittedOffset)
  | { readonly type: 'protocol'; readonly group: string; readonly protocolType: string }
  | { readonly type: 'delete'; readonly group: string; readonly topic?: string; readonly partition?: number }

interface GroupOffsets {
  protocolType: string
  /** By topic and partition. */
  readonly offsets: Map<string, CommittedOffset>
}

/**
 * How far each group has come in each partition. An offset is the next record to read. It belongs to the group, not to
 * the log: reading changes nothing in the log, and another group has its own.
 */
export class OffsetsStore {
  readonly #groups = new Map<string, GroupOffsets>()
  readonly #journal: Journal<OffsetsEntry>

  constructor(logDir: string, logger: Logger) {
    const apply = (entry: OffsetsEntry) => this.#apply(entry)
    this.#journal = new Journal(join(logDir, 'offsets.journal'), apply, () => this.#entries(), logger)
  }

  #apply(entry: OffsetsEntry): void {
    switch (entry.type) {
      case 'commit': {
        const { type, group, ...committed } = entry
        this.#groupOf(group).offsets.set(keyOf(entry.topic, entry.partition), committed)
        return
      }
      case 'protocol':
        this.#groupOf(entry.group).protocolType = entry.protocolType
        return
      case 'delete': {
        const { group, topic, partition } = entry
        if (topic === undefined || partition === undefined) this.#groups.delete(group)
        else this.#groups.get(group)?.offsets.delete(keyOf(topic, partition))
        return
      }
      default:
        entry satisfies never
    }
  }

  *#entries(): Generator<OffsetsEntry> {
    for (const [group, { protocolType, offsets }] of this.#groups) {
      yield { type: 'protocol', group, protocolType }
      for (const committed of offsets.values()) yield { type: 'commit', group, ...committed }
    }
  }

  #groupOf(group: string): GroupOffsets {
    const existing = this.#groups.get(group)
    if (existing) return existing
    const created: GroupOffsets = { protocolType: '', offsets: new Map() }
    this.#groups.set(group, created)
    return created
  }

  commit(group: string, protocolType: string, offsets: readonly CommittedOffset[]): void {
    const entries: OffsetsEntry[] = offsets.map((committed) => ({ type: 'commit', group, ...committed }))
    const known = this.#groups.get(group)?.protocolType ?? ''
    if (known !== protocolType && protocolType !== '')
      entries.unshift({ type: 'protocol', group, protocolType })
    if (entries.length > 0) this.#journal.append(entries)
  }

  get(group: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.#groups.get(group)?.offsets.get(keyOf(topic, partition))
  }

  all(group: string): CommittedOffset[] {
    return [...(this.#groups.get(group)?.offsets.values() ?? [])]
  }

  groups(): string[] {
    return [...this.#groups.keys()]
  }

  protocolTypeOf(group: string): string {
    return this.#groups.get(group)?.protocolType ?? ''
  }

  has(group: string): boolean {
    return this.#groups.has(group)
  }

  deleteGroup(group: string): void {
    if (this.#groups.has(group)) this.#journal.append([{ type: 'delete', group }])
  }

  deleteOffset(group: string, topic: string, partition: number): void {
    this.#journal.append([{ type: 'delete', group, topic, partition }])
  }

  /** A topic of the same name, created later, starts anew for everyone. */
  deleteTopic(topic: string): void {
    for (const group of this.groups()) {
      for (const committed of this.all(group)) {
        if (committed.topic === topic) this.deleteOffset(group, topic, committed.partition)
      }
    }
  }

  close(): void {
    this.#journal.close()
  }
}

/** ':' cannot be part of a topic name. */
function keyOf(topic: string, partition: number): string {
  return `${topic}:${partition}`
}
