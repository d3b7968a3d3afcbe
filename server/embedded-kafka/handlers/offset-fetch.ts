import type { CommittedOffset } from '../group/offsets-store.ts'
import { ErrorCode } from '../protocol/errors.ts'
import type { Handler } from './handler.ts'

const NO_OFFSET = -1

/** Where did the group stop? For the named partitions, or (a null list, version 2 on) for all that it has. */
export const offsetFetch: Handler = (request, response, { apiVersion, broker }) => {
  const groupId = request.string()
  const asked = request.nullableArray(() => ({
    topic: request.string(),
    partitions: request.array(() => request.int32()),
  }))
  const { offsets } = broker.groups
  const topics = asked ?? byTopic(offsets.all(groupId))

  if (apiVersion >= 3) response.int32(0) // throttle_time_ms
  response.array(topics, ({ topic, partitions }) => {
    response.string(topic).array(partitions, (partition) => {
      const committed = offsets.get(groupId, topic, partition)
      response.int32(partition).int64(committed?.offset ?? NO_OFFSET)
      if (apiVersion >= 5) response.int32(committed?.leaderEpoch ?? -1)
      response.nullableString(committed?.metadata ?? '').int16(ErrorCode.NONE)
    })
  })
  if (apiVersion >= 2) response.int16(ErrorCode.NONE)
  return undefined
}

function byTopic(offsets: readonly CommittedOffset[]): { topic: string; partitions: number[] }[] {
  const topics = new Map<string, number[]>()
  for (const { topic, partition } of offsets) topics.set(topic, [...(topics.get(topic) ?? []), partition])
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }))
}
