import type { Consumer, Kafka, KafkaMessage } from 'kafkajs'
import type { Logger } from '../../logger.ts'

/**
 * When the group's offset moves on.
 * `auto`: kafkajs commits what is finished, once a second, and when a batch is.
 * `after`, `before`: each message is committed by itself, once the work on it is done, or before it begins.
 */
export type LabCommit = 'auto' | 'after' | 'before'

/** `signal`: the member has crashed. Work that has not ended by then never ends. */
export type LabWork = (
  record: { partition: number; offset: number; key: string | null; value: string },
  signal: AbortSignal,
) => Promise<void>

export type LabMemberOptions = {
  /** Within the lab: members of the same name share the partitions, others get every message as well. */
  group: string
  commit: LabCommit
  /** `partitionsConsumedConcurrently`: how many partitions are worked on at the same time, each in order. Default 1. */
  concurrency?: number
  work: LabWork
  /** After each rebalance, and with null once it has no partitions any more: it is joining again, has stopped or crashed. */
  onAssigned?(partitions: number[] | null, memberId: string | null): void
  /** `next` is the offset at which the group continues. */
  onCommitted?(partition: number, next: number): void
}

export type LabMember = {
  /** As the broker calls it; null until it has joined. */
  memberId(): string | null
  partitions(): number[] | null
  /** Parts from its group after the message in work: the others get its partitions at once. */
  stop(): Promise<void>
  /** As when its process dies: no commit, no parting. The others get its partitions when the session is over. */
  crash(): void
}

/** The least that Apache Kafka allows by default: a crash is noticed soon. */
export const LAB_SESSION_MS = 6_000

/** One member of a group. `cut` ends all connections of `kafka`, which is this member's own. Resolves once it has joined. */
export async function startLabMember(
  {
    kafka,
    cut,
    topic,
    groupId,
    logger,
  }: { kafka: Kafka; cut(): void; topic: string; groupId: string; logger: Logger },
  { commit, concurrency = 1, work, onAssigned, onCommitted }: LabMemberOptions,
): Promise<LabMember> {
  const crashed = new AbortController()
  let memberId: string | null = null
  let partitions: number[] | null = null
  const assign = (next: number[] | null) => {
    partitions = next
    onAssigned?.(next, memberId)
  }

  const consumer: Consumer = kafka.consumer({
    groupId,
    sessionTimeout: LAB_SESSION_MS,
    rebalanceTimeout: LAB_SESSION_MS,
    // kafkajs sends heartbeats on the connection that its long poll waits on: short polls make rebalances quick.
    heartbeatInterval: 500,
    maxWaitTimeInMs: 200,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, retries: 5, restartOnFailure: async () => !crashed.signal.aborted },
  })
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    if (crashed.signal.aborted) return
    memberId = payload.memberId
    assign(payload.memberAssignment[topic] ?? [])
  })
  consumer.on(consumer.events.REBALANCING, () => assign(null))
  consumer.on(consumer.events.COMMIT_OFFSETS, ({ payload }) => {
    for (const { partition, offset } of payload.topics.flatMap((each) => each.partitions))
      onCommitted?.(Number(partition), Number(offset))
  })

  const handle = async (partition: number, message: KafkaMessage): Promise<void> => {
    // What it had fetched already.
    crashed.signal.throwIfAborted()
    const offset = Number(message.offset)
    const commitIt = () => consumer.commitOffsets([{ topic, partition, offset: String(offset + 1) }])
    const record = {
      partition,
      offset,
      key: message.key?.toString() ?? null,
      value: message.value?.toString() ?? '',
    }
    if (commit === 'before') await commitIt()
    await work(record, crashed.signal)
    crashed.signal.throwIfAborted()
    if (commit === 'after') await commitIt()
  }

  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({
    autoCommit: commit === 'auto',
    autoCommitInterval: 1_000,
    partitionsConsumedConcurrently: concurrency,
    eachMessage: ({ partition, message }) => handle(partition, message),
  })
  return {
    memberId: () => memberId,
    partitions: () => partitions,
    async stop() {
      if (crashed.signal.aborted) return
      await consumer.disconnect()
      assign(null)
    },
    crash() {
      if (crashed.signal.aborted) return
      crashed.abort()
      cut()
      assign(null)
      // Only for what kafkajs keeps in this process: nothing of it reaches the broker any more.
      consumer.disconnect().catch((err: unknown) => logger.debug({ err }, 'A crashed lab member has ended'))
    },
  }
}
