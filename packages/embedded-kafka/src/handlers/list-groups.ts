import { ErrorCode } from '../protocol/errors.ts'
import type { Handler } from './handler.ts'

/** All groups, those with members and those that only have offsets; or those in certain states (KIP-518). */
export const listGroups: Handler = (request, response, { apiVersion, broker }) => {
  const states = apiVersion >= 4 ? request.list(() => request.string().toLowerCase()) : []
  const groups = broker.groups
    .list()
    .filter(({ state }) => states.length === 0 || states.includes(state.toLowerCase()))
  if (apiVersion >= 1) response.int32(0) // throttle_time_ms
  response.int16(ErrorCode.NONE)
  response.array(groups, ({ groupId, protocolType, state }) => {
    response.string(groupId).string(protocolType)
    if (apiVersion >= 4) response.string(state)
  })
  return undefined
}
