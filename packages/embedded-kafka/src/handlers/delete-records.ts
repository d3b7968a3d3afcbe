import type { PartitionLog } from '../log/partition-log.ts'
import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import { type Handler, outcomeOf } from './handler.ts'

const HIGH_WATERMARK = -1

/** Moves the start of a partition up to an offset; -1 means its end (KIP-107). Files go when all of them is before it. */
export const deleteRecords: Handler = (request, response, { broker }) => {
  const topics = request.array(() => ({
    topic: request.string(),
    partitions: request.array(() => ({ partition: request.int32(), offset: request.int64() })),
  }))
  request.int32() // timeout_ms: done before the answer

  response.int32(0) // throttle_time_ms
  response.array(topics, ({ topic, partitions }) => {
    response.string(topic).array(partitions, ({ partition, offset }) => {
      let lowWatermark = -1
      const { code } = outcomeOf(() => {
        lowWatermark = deleteBefore(broker.topics.partition(topic, partition), offset)
      })
      response.int32(partition).int64(lowWatermark).int16(code)
    })
  })
  return undefined
}

function deleteBefore(log: PartitionLog, requested: number): number {
  const offset = requested === HIGH_WATERMARK ? log.logEndOffset : requested
  if (offset < 0 || offset > log.logEndOffset) {
    throw new KafkaError(
      ErrorCode.OFFSET_OUT_OF_RANGE,
      `${offset} is not in ${log.logStartOffset}..${log.logEndOffset}`,
    )
  }
  log.deleteBefore(offset)
  return log.logStartOffset
}
