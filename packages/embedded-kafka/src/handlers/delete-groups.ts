import type { Handler } from './handler.ts'

/** Deletes groups and their offsets (KIP-229). */
export const deleteGroups: Handler = (request, response, { broker }) => {
  const groupIds = request.list(() => request.string())
  response.int32(0) // throttle_time_ms
  response.array(groupIds, (groupId) => {
    response.string(groupId).int16(broker.groups.delete(groupId))
  })
  return undefined
}
