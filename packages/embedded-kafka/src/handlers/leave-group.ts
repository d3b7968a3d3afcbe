import { ErrorCode } from '../protocol/errors.ts'
import type { Handler } from './handler.ts'

/** Members leave: the others share their partitions at once, instead of after a session timeout. */
export const leaveGroup: Handler = (request, response, { apiVersion, broker }) => {
  const groupId = request.string()
  if (apiVersion <= 2) {
    const error = broker.groups.leave(groupId, request.string(), null)
    if (apiVersion >= 1) response.int32(0) // throttle_time_ms
    response.int16(error)
    return undefined
  }
  const leaving = request.array(() => ({ memberId: request.string(), instanceId: request.nullableString() }))
  response.int32(0).int16(ErrorCode.NONE) // throttle_time_ms; errors are told member by member (KIP-345)
  response.array(leaving, ({ memberId, instanceId }) => {
    const error = broker.groups.leave(groupId, memberId, instanceId)
    response.string(memberId).nullableString(instanceId).int16(error)
  })
  return undefined
}
