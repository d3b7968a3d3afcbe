import type { KafkaMessage, PartitionAssigner } from 'kafkajs'

/** The records of one partition, in order. */
export type Batch = { topic: string; partition: number; messages: KafkaMessage[] }

/** The member of the group that has fetched them. */
export type Member = {
  /** To be called now and then while the work on a batch takes long. Rejects once the group has removed this member. */
  heartbeat(): Promise<void>
  stopping(): boolean
}

/** Continues where the group left off, from the beginning if it never read. */
export type CommittedReading = {
  position: 'committed'
  /** The least time from one call to the next, unless more can be read already: what comes meanwhile is gathered. */
  everyMs: number
  /**
   * Handles what the partitions of one fetch hold; their offsets are committed together after it. Must not throw for a
   * record that cannot be used: a throw means "try these batches again".
   */
  handle(batches: readonly Batch[], member: Member): Promise<void>
}

/** Starts with what comes next and commits nothing; the position lives as long as this process does. */
export type OwnReading = {
  position: 'now'
  /**
   * Begin with what this other group has not done yet with this topic. What comes next follows only once that has been
   * read: see `caughtUp`.
   */
  after?: { groupId: string; topic: string }
  /** Of the topic of `after` each partition is read only from `OnDemand.begin` to `OnDemand.end`. */
  onDemand?: boolean
  /** Called for each partition at once. Must not throw for a record that cannot be used. */
  handle(batch: Batch): Promise<void>
}

export type ConsumeOptions = {
  groupId: string
  topics: readonly string[]
  /** Shares the partitions out in another way than round robin. */
  assigner?: PartitionAssigner
  /** Called each time that the group has shared its partitions out, with this member in it. */
  onJoin?(): void
} & (CommittedReading | OwnReading)
