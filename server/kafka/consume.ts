import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { PARTITIONS } from '#contracts/topics.ts'
import type { Logger } from '../logger.ts'
import { RETRY } from './client.ts'
import type { ConsumeOptions } from './consume-options.ts'
import { type Fetched, toFetched } from './fetched.ts'
import type { Names } from './names.ts'
import type { OnDemand } from './on-demand.ts'
import { createOwnPositions } from './own-positions.ts'
import { createReadCommitted } from './read-committed.ts'
import { type PartitionLag, readLag } from './read-lag.ts'
import { createReadOwn } from './read-own.ts'

export type { Batch, ConsumeOptions, Member } from './consume-options.ts'

export type Consume = (options: ConsumeOptions) => Promise<RunningConsumer>

export type RunningConsumer = {
  /** Whether the group has assigned this member its partitions. */
  joined(): boolean
  /** As the broker calls this member; null until it has joined. */
  memberId(): string | null
  /** The partitions of a topic that the group has given it; another list after each time that it has joined. */
  assigned(topic: string): readonly number[]
  /** The offset that it reads next, by partition of a topic, where it has come to know it since it joined. */
  positions(topic: string): Map<number, number>
  /** How far its group is behind, by topics as the product calls them. */
  lag(): Promise<PartitionLag[]>
  groupId: string
  /** Resolves once everything has been handled that was in the topics when it started. With `now` only. */
  caughtUp: Promise<void>
  /** null unless asked for. */
  onDemand: OnDemand | null
  stop(): Promise<void>
}

const RESTART_AFTER_MS = 1_000
/** Some 250 records of each partition: to decode more of them in one go would hold up riders and customers. */
const MOST_BYTES_PER_PARTITION = 128 * 1024

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
  const own =
    options.position === 'now'
      ? await createOwnPositions(admin, {
          topics,
          after: options.after && {
            groupId: names.inKafka(options.after.groupId),
            topic: names.inKafka(options.after.topic),
          },
          onDemand: options.onDemand,
        })
      : null
  let consumer: Consumer
  let joined = false
  let memberId: string | null = null
  let assignment: Record<string, number[]> = {}
  /** By `topic/partition`: what it reads next, which need not be done yet. */
  const reading = new Map<string, string>()
  const stopping = new AbortController()
  let restart: NodeJS.Timeout | null = null
  let onFirstJoin = () => {}
  const firstJoin = new Promise<void>((resolve) => {
    onFirstJoin = resolve
  })

  const start = async (): Promise<void> => {
    const starting = kafka.consumer({
      groupId,
      sessionTimeout: 10_000,
      heartbeatInterval: 2_000,
      rebalanceTimeout: 15_000,
      // The broker answers as soon as there is something; this only bounds how long an idle poll lasts. A partition that
      // is read from now on is asked for by the next poll, and a customer waits for it.
      maxWaitTimeInMs: own?.onDemand ? 250 : 1_000,
      ...(options.assigner && { partitionAssigners: [options.assigner] }),
      maxBytesPerPartition: MOST_BYTES_PER_PARTITION,
      retry: { ...RETRY, restartOnFailure: async () => false },
    })
    consumer = starting
    starting.on(starting.events.GROUP_JOIN, ({ payload }) => {
      joined = true
      memberId = payload.memberId
      assignment = payload.memberAssignment
      reading.clear()
      if (own) for (const [place, offset] of own.offsets) reading.set(place, offset)
      own?.seek(starting, payload.memberAssignment)
      onFirstJoin()
      options.onJoin?.()
    })
    starting.on(starting.events.CRASH, ({ payload: { error } }) => {
      joined = false
      assignment = {}
      own?.onDemand?.readBy(null)
      if (stopping.signal.aborted) return
      logger.warn({ err: error, group: groupId }, 'The consumer crashed; a fresh one takes over')
      restart = setTimeout(() => void replace(starting), RESTART_AFTER_MS * (0.5 + Math.random()))
    })
    await starting.connect()
    await starting.subscribe({ topics, fromBeginning: own === null })
    const work = workOf(starting)
    await starting.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // As many as a fetch may bring: all of it is handed over at once.
      partitionsConsumedConcurrently: PARTITIONS * topics.length,
      eachBatch: (payload) => onBatch(payload, work),
    })
  }

  /** Handles a batch, and moves its group on. */
  const workOf = (reader: Consumer): ((fetched: Fetched) => Promise<void>) => {
    if (options.position === 'committed')
      return createReadCommitted(reader, { ...options, stopping: stopping.signal })
    return createReadOwn({ handle: options.handle, onDone: (at) => own?.noteDone(at) })
  }

  const onBatch = async (
    payload: EachBatchPayload,
    work: (fetched: Fetched) => Promise<void>,
  ): Promise<void> => {
    const { batch, resolveOffset, heartbeat, isRunning, isStale } = payload
    if (!isRunning() || isStale() || batch.messages.length === 0) return
    const fetched = toFetched(payload, names)
    const place = `${batch.topic}/${batch.partition}`
    reading.set(place, fetched.at.next)
    const working = work(fetched)
    own?.onDemand?.noteHandling(place, working)
    await working
    resolveOffset(batch.lastOffset())
    await heartbeat()
  }

  const replace = async (crashed: Consumer): Promise<void> => {
    await crashed
      .disconnect()
      .catch((err: unknown) => logger.debug({ err }, 'The crashed consumer did not part cleanly'))
    if (stopping.signal.aborted) return
    try {
      await start()
    } catch (err) {
      logger.warn({ err, group: groupId }, 'The consumer could not start; trying again')
      if (!stopping.signal.aborted)
        restart = setTimeout(() => void replace(consumer), RESTART_AFTER_MS * (0.5 + Math.random()))
    }
  }

  await start()
  await firstJoin
  return {
    joined: () => joined,
    memberId: () => memberId,
    assigned: (topic) => assignment[names.inKafka(topic)] ?? [],
    positions(topic) {
      const place = `${names.inKafka(topic)}/`
      const offsets = [...reading].filter(([at]) => at.startsWith(place))
      return new Map(offsets.map(([at, offset]) => [Number(at.slice(place.length)), Number(offset)]))
    },
    groupId: options.groupId,
    caughtUp: own?.caughtUp ?? Promise.resolve(),
    onDemand: own?.onDemand ?? null,
    async lag() {
      const lags = await readLag(admin, { groupId, topics, positions: own?.offsets ?? null })
      return lags.map((lag) => ({ ...lag, topic: names.plain(lag.topic) }))
    },
    async stop() {
      stopping.abort()
      joined = false
      own?.onDemand?.readBy(null)
      if (restart) clearTimeout(restart)
      await consumer.disconnect()
    },
  }
}
