import { ErrorCode, KafkaError, noTransactions } from '../protocol/errors.ts'
import { NODE_ID } from '../services.ts'
import { type Handler, outcomeOf } from './handler.ts'

const GROUP = 0
const TRANSACTION = 1

/** Which broker looks after this group? This one. Transactions have no coordinator here. */
export const findCoordinator: Handler = (request, response, { apiVersion, broker }) => {
  const { host, port } = broker.advertised
  // Several at once from version 4 on (KIP-699).
  if (apiVersion <= 3) request.string() // key
  const keyType = apiVersion >= 1 ? request.int8() : GROUP
  const { code, message } = outcomeOf(() => checkKeyType(keyType))
  if (apiVersion >= 1) response.int32(0) // throttle_time_ms
  if (apiVersion <= 3) {
    response.int16(code)
    if (apiVersion >= 1) response.nullableString(message)
    response.int32(NODE_ID).string(host).int32(port)
    return undefined
  }
  const keys = request.list(() => request.string())
  response.array(keys, (key) => {
    response.string(key).int32(NODE_ID).string(host).int32(port).int16(code).nullableString(message)
  })
  return undefined
}

function checkKeyType(keyType: number): void {
  if (keyType === TRANSACTION) throw noTransactions()
  if (keyType !== GROUP)
    throw new KafkaError(ErrorCode.INVALID_REQUEST, `coordinators of type ${keyType} are not known here`)
}
