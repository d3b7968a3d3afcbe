import type { Admin, Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs'
import { PARTITIONS } from '#contracts/topics.ts'
import type { Logger } from '../logger.ts'
import type { Names } from './names.ts'
import { type PartitionLag, readLag } from './read-lag.ts'
import { undoneBy } from './undone-by.ts'

/** The records of one partition, in order. */
export type Batch = {
  topic: string
  partition: number
  messages: KafkaMessage[]
  heartbeat(): Promise<void>
  stopping(): boolean
}

export type ConsumeOptions = {
  groupId: string
  topics: readonly string[]
  /**
   * `committed`: continue where the group left off, from the beginning if it never read; commit after each batch.
   * `now`: start with what comes next and commit nothing; the position lives as long as this process does.
   */
  position: 'committed' | 'now'
  /**
   * With `now`: begin with what this other group has not done yet with this topic. What comes next follows only once
   * that has been read: see `caughtUp`.
   */
  after?: { groupId: string; topic: string }
  /** Must not throw for a record that cannot be used: a throw means "try this batch again". */
  handle(batch: Batch): Promise<void>
}

export type Consume = (options: ConsumeOptions) => Promise<RunningConsumer>

export type RunningConsumer = {
  /** Whether the group has assigned this member its partitions. */
  joined(): boolean
  /** As the broker calls this member; null until it has joined. */
  memberId(): string | null
  /** The offset that it reads next, by partition of a topic, where it has come to know it since it joined. */
  positions(topic: string): Map<number, number>
  /** How far its group is behind, by topics as the product calls them. */
  lag(): Promise<PartitionLag[]>
  groupId: string
  /** Resolves once everything has been handled that was in the topics when it started. With `now` only. */
  caughtUp: Promise<void>
  stop(): Promise<void>
}

const RESTART_AFTER_MS = 1_000

/**
 * Runs one member of a consumer group and sees to it that it keeps running. kafkajs may give up for good (#1513) or
 * restart without end (#1721), so a crashed consumer is thrown away and a fresh one made.
 * Resolves once the group has been joined.
 */
export async function consume(
  { kafka, admin, names, logger }: { kafka: Kafka; admin: Admin; names: Names; logger: Logger },
  options: ConsumeOptions,
): Promise<RunningConsumer> {
  const groupId = names.inKafka(options.groupId)
  const topics = options.topics.map(names.inKafka)
  const ends = options.position === 'now' ? await endOfTopics(kafka, topics) : null
  const positions = ends && new Map(ends)
  if (positions && options.after) {
    const { groupId: other, topic } = options.after
    const undone = await undoneBy(admin, names.inKafka(other), names.inKafka(topic))
    for (const [place, offset] of undone) positions.set(place, earlier(offset, positions.get(place)))
  }
  const behind = new Set(
    [...(positions ?? [])].filter(([place, at]) => at !== ends?.get(place)).map(([place]) => place),
  )
  let onCaughtUp = () => {}
  const caughtUp = new Promise<void>((resolve) => {
    onCaughtUp = resolve
  })
  const noteRead = (place: string, next: string) => {
    if (BigInt(next) >= BigInt(ends?.get(place) ?? 0)) behind.delete(place)
    if (behind.size === 0) onCaughtUp()
  }
  if (behind.size === 0) onCaughtUp()
  let consumer: Consumer
  let joined = false
  let memberId: string | null = null
  /** By `topic/partition`: what it reads next, which need not be done yet. */
  const reading = new Map<string, string>()
  let stopped = false
  let restart: NodeJS.Timeout | null = null
  let onFirstJoin = () => {}
  const firstJoin = new Promise<void>((resolve) => {
    onFirstJoin = resolve
  })

  const start = async (): Promise<void> => {
    consumer = kafka.consumer({
      groupId,
      sessionTimeout: 10_000,
      heartbeatInterval: 2_000,
      rebalanceTimeout: 15_000,
      // The broker answers as soon as there is something; this only bounds how long an idle poll lasts.
      maxWaitTimeInMs: 1_000,
      retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5, restartOnFailure: async () => false },
    })
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      joined = true
      memberId = payload.memberId
      reading.clear()
      if (positions) for (const [place, offset] of positions) reading.set(place, offset)
      if (positions) seekTo(consumer, positions, payload.memberAssignment)
      onFirstJoin()
    })
    consumer.on(consumer.events.CRASH, ({ payload: { error } }) => {
      joined = false
      if (stopped) return
      logger.warn({ err: error, group: groupId }, 'The consumer crashed; a fresh one takes over')
      restart = setTimeout(() => void replace(consumer), RESTART_AFTER_MS * (0.5 + Math.random()))
    })
    await consumer.connect()
    await consumer.subscribe({ topics, fromBeginning: positions === null })
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS,
      eachBatch: onBatch,
    })
  }

  const onBatch = async (payload: EachBatchPayload): Promise<void> => {
    const { batch, resolveOffset, heartbeat, isRunning, isStale } = payload
    if (!isRunning() || isStale() || batch.messages.length === 0) return
    const { topic, partition, messages } = batch
    const next = (BigInt(batch.lastOffset()) + 1n).toString()
    reading.set(`${topic}/${partition}`, next)
    await options.handle({
      topic: names.plain(topic),
      partition,
      messages,
      heartbeat,
      stopping: () => stopped || !isRunning(),
    })
    resolveOffset(batch.lastOffset())
    if (positions) {
      positions.set(`${topic}/${partition}`, next)
      noteRead(`${topic}/${partition}`, next)
    } else await consumer.commitOffsets([{ topic, partition, offset: next }])
    await heartbeat()
  }

  const replace = async (crashed: Consumer): Promise<void> => {
    await crashed
      .disconnect()
      .catch((err: unknown) => logger.debug({ err }, 'The crashed consumer did not part cleanly'))
    if (stopped) return
    try {
      await start()
    } catch (err) {
      logger.warn({ err, group: groupId }, 'The consumer could not start; trying again')
      if (!stopped)
        restart = setTimeout(() => void replace(consumer), RESTART_AFTER_MS * (0.5 + Math.random()))
    }
  }

  await start()
  await firstJoin
  return {
    joined: () => joined,
    memberId: () => memberId,
    positions(topic) {
      const place = `${names.inKafka(topic)}/`
      const offsets = [...reading].filter(([at]) => at.startsWith(place))
      return new Map(offsets.map(([at, offset]) => [Number(at.slice(place.length)), Number(offset)]))
    },
    groupId: options.groupId,
    caughtUp,
    async lag() {
      const lags = await readLag(admin, { groupId, topics, positions })
      return lags.map((lag) => ({ ...lag, topic: names.plain(lag.topic) }))
    },
    async stop() {
      stopped = true
      joined = false
      if (restart) clearTimeout(restart)
      await consumer.disconnect()
    },
  }
}

/** The offset that the next record of each partition will get. */
async function endOfTopics(kafka: Kafka, topics: readonly string[]): Promise<Map<string, string>> {
  const admin = kafka.admin()
  await admin.connect()
  try {
    const ends = new Map<string, string>()
    for (const topic of topics) {
      for (const { partition, high } of await admin.fetchTopicOffsets(topic))
        ends.set(`${topic}/${partition}`, high)
    }
    return ends
  } finally {
    await admin.disconnect()
  }
}

function earlier(a: string, b: string | undefined): string {
  return b !== undefined && BigInt(b) < BigInt(a) ? b : a
}

/** After every join the member goes on where this process had come to: nothing between two joins is missed. */
function seekTo(
  consumer: Consumer,
  positions: Map<string, string>,
  assignment: Record<string, number[]>,
): void {
  for (const [topic, partitions] of Object.entries(assignment)) {
    for (const partition of partitions) {
      const offset = positions.get(`${topic}/${partition}`)
      if (offset !== undefined) consumer.seek({ topic, partition, offset })
    }
  }
}
