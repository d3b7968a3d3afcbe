import type { CommittedOffset } from '../group/offsets-store.ts'
import { ErrorCode } from '../protocol/errors.ts'
import type { RequestReader } from '../protocol/reader.ts'
import type { ResponseWriter } from '../protocol/writer.ts'
import type { Handler, RequestContext } from './handler.ts'

const NO_OFFSET = -1

interface AskedGroup {
  readonly groupId: string
  /** null: all that it has (version 2 on). */
  readonly topics: readonly AskedTopic[] | null
}

interface AskedTopic {
  readonly topic: string
  readonly partitions: readonly number[]
}

/** Where did the group stop? For the named partitions, or for all that it has. Of several groups at once from version 8 on. */
export const offsetFetch: Handler = (request, response, context) => {
  const { apiVersion } = context
  // require_stable (7) follows: without transactions every committed offset is.
  if (apiVersion >= 8) {
    const groups = request.array(() => readGroup(request))
    response.int32(0) // throttle_time_ms
    response.array(groups, (group) => {
      response.string(group.groupId)
      writeOffsets(response, group, context)
      response.int16(ErrorCode.NONE)
    })
    return undefined
  }
  const group = readGroup(request)
  if (apiVersion >= 3) response.int32(0) // throttle_time_ms
  writeOffsets(response, group, context)
  if (apiVersion >= 2) response.int16(ErrorCode.NONE)
  return undefined
}

function readGroup(request: RequestReader): AskedGroup {
  return {
    groupId: request.string(),
    topics: request.nullableArray(() => ({
      topic: request.string(),
      partitions: request.list(() => request.int32()),
    })),
  }
}

function writeOffsets(
  response: ResponseWriter,
  { groupId, topics }: AskedGroup,
  { apiVersion, broker }: RequestContext,
): void {
  const { offsets } = broker.groups
  response.array(topics ?? byTopic(offsets.all(groupId)), ({ topic, partitions }) => {
    response.string(topic).array(partitions, (partition) => {
      const committed = offsets.get(groupId, topic, partition)
      response.int32(partition).int64(committed?.offset ?? NO_OFFSET)
      if (apiVersion >= 5) response.int32(committed?.leaderEpoch ?? -1)
      response.nullableString(committed?.metadata ?? '').int16(ErrorCode.NONE)
    })
  })
}

function byTopic(offsets: readonly CommittedOffset[]): AskedTopic[] {
  const topics = new Map<string, number[]>()
  for (const { topic, partition } of offsets) topics.set(topic, [...(topics.get(topic) ?? []), partition])
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }))
}
