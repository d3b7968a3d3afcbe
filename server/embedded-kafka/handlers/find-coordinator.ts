import { ErrorCode } from '../protocol/errors.ts'
import { NODE_ID } from '../services.ts'
import type { Handler } from './handler.ts'

const GROUP = 0

/** Which broker looks after this group? This one. Transactions have no coordinator here. */
export const findCoordinator: Handler = (request, response, { apiVersion, broker }) => {
  request.string() // key: the group id
  const keyType = apiVersion >= 1 ? request.int8() : GROUP
  const supported = keyType === GROUP
  if (apiVersion >= 1) response.int32(0) // throttle_time_ms
  response.int16(supported ? ErrorCode.NONE : ErrorCode.INVALID_REQUEST)
  if (apiVersion >= 1) response.nullableString(supported ? null : 'transactions are not supported')
  const { host, port } = broker.advertised
  response.int32(NODE_ID).string(host).int32(port)
  return undefined
}
