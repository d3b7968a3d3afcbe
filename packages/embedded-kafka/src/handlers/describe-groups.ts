import { ErrorCode } from '../protocol/errors.ts'
import type { Handler } from './handler.ts'
import { NO_AUTHORIZED_OPERATIONS } from './metadata.ts'

/** Who is in these groups, and who reads which partitions? A group nobody has heard of is "Dead", which is no error. */
export const describeGroups: Handler = (request, response, { apiVersion, broker }) => {
  const groupIds = request.list(() => request.string())
  if (apiVersion >= 1) response.int32(0) // throttle_time_ms
  response.array(groupIds, (groupId) => {
    const group = broker.groups.get(groupId)
    response.int16(ErrorCode.NONE).string(groupId).string(broker.groups.stateOf(groupId))
    response.string(broker.groups.protocolTypeOf(groupId)).string(group?.protocolName ?? '')
    response.array(group?.members ?? [], (member) => {
      response.string(member.memberId)
      if (apiVersion >= 4) response.nullableString(member.instanceId)
      response.string(member.clientId).string(member.clientHost)
      response.bytes(group?.metadataOf(member) ?? Buffer.alloc(0)).bytes(member.assignment)
    })
    if (apiVersion >= 3) response.int32(NO_AUTHORIZED_OPERATIONS)
  })
  return undefined
}
