import { ErrorCode } from '../protocol/errors.ts'
import type { Handler } from './handler.ts'

/** All groups: those with members, and those that only have offsets. */
export const listGroups: Handler = (_request, response, { apiVersion, broker }) => {
  if (apiVersion >= 1) response.int32(0) // throttle_time_ms
  response.int16(ErrorCode.NONE)
  response.array(broker.groups.list(), ({ groupId, protocolType }) => {
    response.string(groupId).string(protocolType)
  })
  return undefined
}
