import { ErrorCode } from '../protocol/errors.ts'
import type { Handler } from './handler.ts'

/** Takes back committed offsets of a group that nobody is in (KIP-496). */
export const offsetDelete: Handler = (request, response, { broker }) => {
  const { groups } = broker
  const groupId = request.string()
  const topics = request.array(() => ({
    topic: request.string(),
    partitions: request.array(() => request.int32()),
  }))
  const error = groups.exists(groupId) ? ErrorCode.NONE : ErrorCode.GROUP_ID_NOT_FOUND
  const vacant = groups.get(groupId)?.isVacant ?? true

  response.int16(error).int32(0) // throttle_time_ms
  response.array(error === ErrorCode.NONE ? topics : [], ({ topic, partitions }) => {
    response.string(topic).array(partitions, (partition) => {
      if (vacant) groups.offsets.deleteOffset(groupId, topic, partition)
      response.int32(partition).int16(vacant ? ErrorCode.NONE : ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC)
    })
  })
  return undefined
}
