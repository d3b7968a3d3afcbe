import type { CommittedOffset } from '../group/offsets-store.ts'
import { ErrorCode } from '../protocol/errors.ts'
import type { Handler } from './handler.ts'

/** A group saves how far it has come: per partition, the offset of the next record to read. */
export const offsetCommit: Handler = (request, response, { apiVersion, broker }) => {
  const groupId = request.string()
  const generationId = request.int32()
  const memberId = request.string()
  const instanceId = apiVersion >= 7 ? request.nullableString() : null
  if (apiVersion <= 4) request.int64() // retention_time_ms: a setting of the broker since KIP-211
  const committedAt = Date.now()
  const topics = request.array(() => ({
    topic: request.string(),
    partitions: request.array(() => {
      const partition = request.int32()
      const offset = request.int64()
      const leaderEpoch = apiVersion >= 6 ? request.int32() : -1
      return { partition, offset, leaderEpoch, metadata: request.nullableString() ?? '' }
    }),
  }))

  const groupError =
    groupId === ''
      ? ErrorCode.INVALID_GROUP_ID
      : broker.groups.checkCommit(groupId, memberId, instanceId, generationId)
  const errorFor = (topic: string, partition: number, metadata: string): ErrorCode => {
    if (groupError !== ErrorCode.NONE) return groupError
    if (metadata.length > broker.config.offsetMetadataMaxBytes) return ErrorCode.OFFSET_METADATA_TOO_LARGE
    return broker.topics.get(topic)?.partitions[partition]
      ? ErrorCode.NONE
      : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  }

  const accepted: CommittedOffset[] = []
  if (apiVersion >= 3) response.int32(0) // throttle_time_ms
  response.array(topics, ({ topic, partitions }) => {
    response.string(topic).array(partitions, (commit) => {
      const error = errorFor(topic, commit.partition, commit.metadata)
      if (error === ErrorCode.NONE) accepted.push({ topic, ...commit, committedAt })
      response.int32(commit.partition).int16(error)
    })
  })
  broker.groups.commit(groupId, accepted) // all in one write, before the answer leaves
  return undefined
}
