import type { Handler } from './handler.ts'

/** A member says that it is alive; the answer says whether the group is rebalancing. */
export const heartbeat: Handler = (request, response, { apiVersion, broker }) => {
  const groupId = request.string()
  const generationId = request.int32()
  const memberId = request.string()
  const instanceId = apiVersion >= 3 ? request.nullableString() : null
  if (apiVersion >= 1) response.int32(0) // throttle_time_ms
  response.int16(broker.groups.heartbeat(groupId, memberId, instanceId, generationId))
  return undefined
}
