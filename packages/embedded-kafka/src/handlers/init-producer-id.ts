import { ErrorCode, noTransactions } from '../protocol/errors.ts'
import type { Handler } from './handler.ts'

const NO_PRODUCER = -1

/** Gives an idempotent producer its id (KIP-98). A transactional one is refused: there are no transactions here. */
export const initProducerId: Handler = (request, response, { broker }) => {
  const transactionalId = request.nullableString()
  const supported = transactionalId === null
  response.int32(0) // throttle_time_ms
  response.int16(supported ? ErrorCode.NONE : noTransactions().code)
  response.int64(supported ? broker.producerIds.next() : NO_PRODUCER).int16(supported ? 0 : NO_PRODUCER)
  return undefined
}
