import type { Admin, Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs'
import type { LogRecord } from '#contracts/inside/journey.ts'
import { ProblemError } from '../../ground/problem-error.ts'
import { headerTexts } from '../../kafka/header-texts.ts'
import type { Logger } from '../../logger.ts'

export type RecordRange = { partition: number; fromOffset: number; atMost: number }
export type RecordReader = {
  /**
   * The records from an offset on, in order: fewer than wanted at the end of the partition or when they are large,
   * no record where the log does not reach (any more). One range is read at a time.
   * @throws ProblemError `log_unavailable`
   */
  read(range: RecordRange): Promise<LogRecord[]>
  close(): Promise<void>
}

type Dependencies = { kafka: Kafka; admin: Admin; topic: string; groupId: string; logger: Logger }
type Wanted = RecordRange & {
  untilOffset: number
  found: LogRecord[]
  bytes: number
  done(): void
}

/** How long a paused consumer sleeps before it looks whether it may continue. */
const POLL_MS = 50
const MOST_BYTES = 1_024 * 1_024
/** A group that begins may wait for more members first (`group.initial.rebalance.delay.ms`, 3 s in Apache Kafka). */
const READ_WITHIN_MS = 10_000
const IDLE_MS = 60_000

/**
 * Reads any range of the log, as one consumer with all its partitions paused but the one that is read. It joins a
 * group of its own, because kafkajs reads in no other way, commits nothing, and is gone after a minute without use.
 */
export function createRecordReader({ kafka, admin, topic, groupId, logger }: Dependencies): RecordReader {
  let opened: Promise<Consumer> | null = null
  let wanted: Wanted | null = null
  let idle: NodeJS.Timeout | undefined
  let last: Promise<unknown> = Promise.resolve()

  async function open(): Promise<Consumer> {
    const consumer = kafka.consumer({
      groupId,
      maxWaitTimeInMs: POLL_MS,
      maxBytesPerPartition: MOST_BYTES,
      retry: { retries: 2, restartOnFailure: async () => false },
    })
    consumer.on(consumer.events.GROUP_JOIN, () => {
      consumer.pause([{ topic }])
      if (wanted) aim(consumer, wanted)
    })
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: false })
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: onBatch })
    return consumer
  }

  function aim(consumer: Consumer, { partition, fromOffset, found }: Wanted): void {
    const offset = String((found.at(-1)?.offset ?? fromOffset - 1) + 1)
    consumer.seek({ topic, partition, offset })
    consumer.resume([{ topic, partitions: [partition] }])
  }

  async function onBatch({ batch, pause, isStale, resolveOffset }: EachBatchPayload): Promise<void> {
    if (!wanted || batch.partition !== wanted.partition || isStale()) return
    for (const message of batch.messages) {
      if (Number(message.offset) < wanted.fromOffset || isFull(wanted)) continue
      wanted.found.push(toRecord(batch.partition, message))
      wanted.bytes += (message.value?.length ?? 0) + (message.key?.length ?? 0)
    }
    resolveOffset(batch.lastOffset())
    if (!isFull(wanted) && Number(batch.lastOffset()) < wanted.untilOffset - 1) return
    pause()
    wanted.done()
  }

  async function readNow(range: RecordRange): Promise<LogRecord[]> {
    const bounds = (await admin.fetchTopicOffsets(topic)).find(
      ({ partition }) => partition === range.partition,
    )
    const fromOffset = Math.max(range.fromOffset, Number(bounds?.low ?? 0))
    const untilOffset = Math.min(range.fromOffset + range.atMost, Number(bounds?.high ?? 0))
    if (fromOffset >= untilOffset) return []
    opened ??= open()
    const consumer = await opened
    return await new Promise((resolve, reject) => {
      const timeUp = setTimeout(() => reject(new Error('The log was not read in time')), READ_WITHIN_MS)
      const found: LogRecord[] = []
      const done = () => {
        clearTimeout(timeUp)
        resolve(found)
      }
      wanted = { ...range, fromOffset, untilOffset, found, bytes: 0, done }
      aim(consumer, wanted)
    })
  }

  async function read(range: RecordRange): Promise<LogRecord[]> {
    clearTimeout(idle)
    try {
      return await readNow(range)
    } catch (cause) {
      await close()
      throw new ProblemError('log_unavailable', {
        detail: 'The log cannot be read at the moment.',
        retryAfterMs: 1_000,
        cause,
      })
    } finally {
      wanted = null
      idle = setTimeout(() => void close(), IDLE_MS).unref()
    }
  }

  async function close(): Promise<void> {
    clearTimeout(idle)
    const closing = opened
    if (!closing) return
    opened = null
    try {
      await (await closing).disconnect()
      // Committed nothing, but a group without members would be listed for a while.
      await admin.deleteGroups([groupId])
    } catch (err) {
      logger.debug({ err, group: groupId }, 'The reader of records did not part cleanly')
    }
  }

  return {
    read(range) {
      const reading = last.then(() => read(range))
      last = reading.catch(() => {})
      return reading
    },
    async close() {
      await last
      await close()
    },
  }
}

const isFull = ({ found, untilOffset, bytes }: Wanted) =>
  bytes >= MOST_BYTES || (found.at(-1)?.offset ?? -1) >= untilOffset - 1

function toRecord(partition: number, message: KafkaMessage): LogRecord {
  return {
    partition,
    offset: Number(message.offset),
    timestampMs: Number(message.timestamp),
    key: message.key?.toString('utf8') ?? null,
    headers: headerTexts(message),
    value: message.value?.toString('utf8') ?? null,
  }
}
