import { randomUUID } from 'node:crypto'
import { existsSync, renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrokerConfig } from '../config.ts'
import { PartitionLog } from '../log/partition-log.ts'
import { applyRetention } from '../log/retention.ts'
import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import { Journal } from '../storage/journal.ts'
import { deletesOldSegments, numberOf, type TopicConfig } from './topic-config.ts'
import { checkTopicName } from './topic-name.ts'

export interface Topic {
  readonly name: string
  readonly partitions: readonly PartitionLog[]
  readonly config: TopicConfig
}

type MetadataEntry =
  | {
      readonly type: 'topic'
      readonly name: string
      readonly partitions: number
      readonly config: TopicConfig
    }
  | { readonly type: 'topic-deleted'; readonly name: string }

type TopicEntry = Extract<MetadataEntry, { type: 'topic' }>

/** All topics, their settings and their partitions' logs. */
export class TopicRegistry {
  readonly #config: BrokerConfig
  readonly #topics = new Map<string, Topic>()
  readonly #journal: Journal<MetadataEntry>

  constructor(config: BrokerConfig) {
    this.#config = config
    const entries = new Map<string, TopicEntry>()
    const apply = (entry: MetadataEntry) => {
      if (entry.type === 'topic') entries.set(entry.name, entry)
      else entries.delete(entry.name)
    }
    const current = (): Iterable<MetadataEntry> => entries.values()
    this.#journal = new Journal(join(config.logDir, 'metadata.journal'), apply, current, config.logger)
    for (const entry of entries.values()) this.#open(entry)
  }

  #open({ name, partitions, config }: TopicEntry): Topic {
    const existing = this.#topics.get(name)?.partitions ?? []
    const added = Array.from({ length: partitions - existing.length }, (_, i) => {
      const partition = existing.length + i
      return PartitionLog.open(
        this.#directoryOf(name, partition),
        `${name}-${partition}`,
        this.#config.logger,
      )
    })
    const topic: Topic = { name, partitions: [...existing, ...added], config }
    this.#topics.set(name, topic)
    return topic
  }

  get(name: string): Topic | undefined {
    return this.#topics.get(name)
  }

  partition(name: string, partition: number): PartitionLog {
    const log = this.#topics.get(name)?.partitions[partition]
    if (log === undefined) {
      throw new KafkaError(
        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
        `This server does not host ${name}-${partition}.`,
      )
    }
    return log
  }

  all(): Topic[] {
    return [...this.#topics.values()]
  }

  *logs(): Generator<PartitionLog> {
    for (const topic of this.#topics.values()) yield* topic.partitions
  }

  /** Throws when the topic cannot be created; changes nothing. */
  checkCreate(name: string, partitions: number): void {
    checkTopicName(name)
    if (this.#topics.has(name))
      throw new KafkaError(ErrorCode.TOPIC_ALREADY_EXISTS, `Topic '${name}' already exists.`)
    const collision = this.all().find((topic) => withoutDots(topic.name) === withoutDots(name))
    if (collision !== undefined) {
      throw new KafkaError(
        ErrorCode.INVALID_TOPIC_EXCEPTION,
        `Topic '${name}' collides with existing topic: ${collision.name}`,
      )
    }
    if (partitions < 1)
      throw new KafkaError(ErrorCode.INVALID_PARTITIONS, 'Number of partitions must be larger than 0.')
    this.#checkRoom(partitions)
  }

  create(name: string, partitions: number, config: TopicConfig): Topic {
    this.checkCreate(name, partitions)
    return this.#put({ type: 'topic', name, partitions, config })
  }

  /** Throws when the topic cannot grow to `count` partitions; changes nothing. */
  checkGrow(name: string, count: number): Topic {
    const topic = this.#require(name)
    const current = topic.partitions.length
    if (count <= current) {
      throw new KafkaError(
        ErrorCode.INVALID_PARTITIONS,
        `The topic ${name} currently has ${current} partition(s); ${count} would not be an increase.`,
      )
    }
    this.#checkRoom(count - current)
    return topic
  }

  grow(name: string, count: number): void {
    const { config } = this.checkGrow(name, count)
    this.#put({ type: 'topic', name, partitions: count, config })
  }

  configure(name: string, config: TopicConfig): void {
    const topic = this.#require(name)
    this.#put({ type: 'topic', name, partitions: topic.partitions.length, config })
  }

  /** Forgets the topic at once; its files are moved aside and then removed in the background. */
  delete(name: string): void {
    const topic = this.#require(name)
    this.#journal.append([{ type: 'topic-deleted', name }], true)
    this.#topics.delete(name)
    for (const log of topic.partitions) {
      log.close()
      this.#discard(log.directory)
    }
  }

  #discard(directory: string): void {
    if (!existsSync(directory)) return
    const aside = join(this.#config.logDir, `${randomUUID()}.deleted`)
    renameSync(directory, aside)
    void rm(aside, { recursive: true, force: true }).catch(() => {
      this.#config.logger.warn(`${aside} could not be removed; the next start tries again`)
    })
  }

  applyRetention(now: number): void {
    for (const topic of this.#topics.values()) {
      if (!deletesOldSegments(topic.config)) continue
      const limits = {
        retentionMs: numberOf(topic.config, 'retention.ms'),
        retentionBytes: numberOf(topic.config, 'retention.bytes'),
      }
      for (const [i, log] of topic.partitions.entries()) {
        const deleted = applyRetention(log, limits, now)
        if (deleted === 0) continue
        this.#config.logger.info(
          `${topic.name}-${i}: retention deleted ${deleted} segment(s), log starts at ${log.logStartOffset}`,
        )
      }
    }
  }

  close(): void {
    for (const log of this.logs()) log.close()
    this.#journal.close()
  }

  #put(entry: TopicEntry): Topic {
    // A crash in the middle of a deletion leaves folders behind; a new partition must not inherit them.
    for (let i = this.get(entry.name)?.partitions.length ?? 0; i < entry.partitions; i++) {
      this.#discard(this.#directoryOf(entry.name, i))
    }
    this.#journal.append([entry], true)
    return this.#open(entry)
  }

  #directoryOf(name: string, partition: number): string {
    return join(this.#config.logDir, `${name}-${partition}`)
  }

  #require(name: string): Topic {
    const topic = this.#topics.get(name)
    if (topic === undefined) {
      throw new KafkaError(
        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
        'This server does not host this topic-partition.',
      )
    }
    return topic
  }

  #checkRoom(added: number): void {
    const total = this.all().reduce((sum, topic) => sum + topic.partitions.length, added)
    if (total > this.#config.maxPartitions) {
      throw new KafkaError(
        ErrorCode.INVALID_PARTITIONS,
        `this broker holds at most ${this.#config.maxPartitions} partitions`,
      )
    }
  }
}

/** Names that differ only in '.' and '_' would share one name in Kafka's metrics, so Kafka refuses the second. */
function withoutDots(name: string): string {
  return name.replaceAll('.', '_')
}
