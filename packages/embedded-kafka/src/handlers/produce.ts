import { checkBatch } from '../log/batch-check.ts'
import type { PartitionLog } from '../log/partition-log.ts'
import { ErrorCode, KafkaError, MalformedRequest, noTransactions } from '../protocol/errors.ts'
import type { RequestReader } from '../protocol/reader.ts'
import { stampAppendTime } from '../protocol/record-batch.ts'
import type { ResponseWriter } from '../protocol/writer.ts'
import type { BrokerServices } from '../services.ts'
import { keepsAppendTime, numberOf } from '../topics/topic-config.ts'
import { type Handler, type Outcome, outcomeOf } from './handler.ts'

const ACKS = [0, 1, -1]
const NO_TIMESTAMP = -1

interface PartitionData {
  readonly partition: number
  /** The batch, where it lies in the request: it goes from there to the file without a copy. */
  readonly records: Buffer | null
}

interface Appended {
  readonly baseOffset: number
  readonly logStartOffset: number
  /** Where clients set the time of a record, only a retry hears when it had been stored. */
  readonly logAppendTime: number
}

interface PartitionResult extends Appended {
  readonly partition: number
  readonly outcome: Outcome
}

interface TopicResult {
  readonly topic: string
  readonly partitions: readonly PartitionResult[]
}

/**
 * Appends batches to partitions, and answers with the offsets they got.
 *
 * acks=1 and acks=all are the same here: the leader is the only replica. acks=0 gets no answer at all; what goes
 * wrong then is told by closing the connection.
 */
export const produce: Handler = (request, response, { apiVersion, broker }) => {
  const transactionalId = request.nullableString()
  const acks = request.int16()
  request.int32() // timeout_ms: for replicas, of which there are none
  const topics = request.array(() => ({
    topic: request.string(),
    partitions: request.array(() => readPartition(request)),
  }))

  const written = new Set<PartitionLog>()
  const results = topics.map(({ topic, partitions }): TopicResult => {
    const append = (data: PartitionData) => {
      if (!ACKS.includes(acks))
        throw new KafkaError(ErrorCode.INVALID_REQUIRED_ACKS, `acks=${acks} is not one of 0, 1, -1`)
      if (transactionalId !== null) throw noTransactions()
      return appendTo(topic, data, apiVersion, broker, written)
    }
    return { topic, partitions: partitions.map((data) => resultOf(data.partition, () => append(data))) }
  })

  const answer = () => {
    if (acks === 0) return withoutResponse(results)
    writeResponse(response, results, apiVersion)
    return undefined
  }
  if (broker.config.fsync !== 'always' || acks === 0) return answer()
  return Promise.all([...written].map((log) => log.sync())).then(answer)
}

function readPartition(request: RequestReader): PartitionData {
  return { partition: request.int32(), records: request.nullableBytes() }
}

function appendTo(
  topicName: string,
  { partition, records }: PartitionData,
  apiVersion: number,
  { topics }: BrokerServices,
  written: Set<PartitionLog>,
): Appended {
  const log = topics.partition(topicName, partition)
  const config = topics.get(topicName)?.config ?? {}
  const { batch, header: sent } = checkBatch(records, numberOf(config, 'max.message.bytes'), apiVersion)
  const stamped = keepsAppendTime(config)
  if (!stamped) checkTime(sent.maxTimestamp, numberOf(config, 'message.timestamp.after.max.ms'))
  const header = stamped ? stampAppendTime(batch, sent, Date.now()) : sent
  const { baseOffset, earlier } = log.append(batch, header, numberOf(config, 'segment.bytes'))
  written.add(log)
  const logAppendTime = earlier?.maxTimestamp ?? (stamped ? header.maxTimestamp : NO_TIMESTAMP)
  return { baseOffset, logStartOffset: log.logStartOffset, logAppendTime }
}

function checkTime(timestamp: number, afterMaxMs: number): void {
  const aheadMs = timestamp - Date.now()
  if (aheadMs <= afterMaxMs) return
  throw new KafkaError(
    ErrorCode.INVALID_TIMESTAMP,
    `a record is ${aheadMs} ms ahead of the broker's clock; message.timestamp.after.max.ms is ${afterMaxMs}`,
  )
}

function resultOf(partition: number, append: () => Appended): PartitionResult {
  let appended: Appended = { baseOffset: -1, logStartOffset: -1, logAppendTime: NO_TIMESTAMP }
  const outcome = outcomeOf(() => {
    appended = append()
  })
  return { partition, outcome, ...appended }
}

function writeResponse(response: ResponseWriter, results: readonly TopicResult[], apiVersion: number): void {
  response.array(results, ({ topic, partitions }) => {
    response
      .string(topic)
      .array(partitions, ({ partition, outcome, baseOffset, logStartOffset, logAppendTime }) => {
        response.int32(partition).int16(outcome.code).int64(baseOffset).int64(logAppendTime)
        if (apiVersion >= 5) response.int64(logStartOffset)
        if (apiVersion >= 8) response.array([], () => {}).nullableString(outcome.message) // KIP-467
      })
  })
  response.int32(0) // throttle_time_ms
}

function withoutResponse(results: readonly TopicResult[]): 'no-response' {
  for (const { topic, partitions } of results) {
    const failed = partitions.find(({ outcome }) => outcome.code !== ErrorCode.NONE)
    if (failed)
      throw new MalformedRequest(`acks=0 and ${topic}-${failed.partition}: ${failed.outcome.message}`)
  }
  return 'no-response'
}
