import { LEADER_EPOCH, type PartitionLog } from '../log/partition-log.ts'
import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import type { OffsetAndTimestamp } from '../protocol/records.ts'
import { type Handler, outcomeOf } from './handler.ts'

const LATEST = -1
const EARLIEST = -2
/** Other special times came with later versions (KIP-734, KIP-405); before, they mean nothing. */
const LOWEST_SPECIAL_TIME = -5
const NOT_FOUND: OffsetAndTimestamp = { offset: -1, timestamp: -1 }

/** Turns a point in time into an offset: the end, the beginning, or the first record not older than a timestamp. */
export const listOffsets: Handler = (request, response, { apiVersion, broker }) => {
  request.int32() // replica_id
  if (apiVersion >= 2) request.int8() // isolation_level
  const topics = request.array(() => ({
    topic: request.string(),
    partitions: request.array(() => {
      const partition = request.int32()
      if (apiVersion >= 4) request.int32() // current_leader_epoch
      return { partition, timestamp: request.int64() }
    }),
  }))

  if (apiVersion >= 2) response.int32(0) // throttle_time_ms
  response.array(topics, ({ topic, partitions }) => {
    response.string(topic).array(partitions, ({ partition, timestamp }) => {
      let found = NOT_FOUND
      const { code } = outcomeOf(() => {
        found = offsetFor(broker.topics.partition(topic, partition), timestamp)
      })
      response.int32(partition).int16(code).int64(found.timestamp).int64(found.offset)
      if (apiVersion >= 4) response.int32(found.offset === -1 ? -1 : LEADER_EPOCH)
    })
  })
  return undefined
}

function offsetFor(log: PartitionLog, timestamp: number): OffsetAndTimestamp {
  if (timestamp === LATEST) return { offset: log.logEndOffset, timestamp: -1 }
  if (timestamp === EARLIEST) return { offset: log.logStartOffset, timestamp: -1 }
  if (timestamp < 0 && timestamp >= LOWEST_SPECIAL_TIME) {
    throw new KafkaError(
      ErrorCode.UNSUPPORTED_VERSION,
      `time ${timestamp} means nothing in this version of ListOffsets`,
    )
  }
  return log.firstAtOrAfter(timestamp) ?? NOT_FOUND
}
