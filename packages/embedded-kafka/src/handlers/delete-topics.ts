import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import type { RequestReader } from '../protocol/reader.ts'
import { type Handler, outcomeOf } from './handler.ts'

/** Deletes topics, with their records and with what groups have committed for them. */
export const deleteTopics: Handler = (request, response, { apiVersion, broker }) => {
  // From version 6 on a topic may be named by its id instead (KIP-516); there are none here.
  const names =
    apiVersion >= 6 ? request.array(() => readName(request)) : request.list(() => request.string())
  request.int32() // timeout_ms: done before the answer
  if (apiVersion >= 1) response.int32(0) // throttle_time_ms
  response.array(names, (name) => {
    const { code, message } = outcomeOf(() => {
      if (name === null) throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_ID, 'topics have no ids here')
      broker.topics.delete(name)
      broker.groups.offsets.deleteTopic(name)
    })
    response.nullableString(name)
    if (apiVersion >= 6) response.noUuid() // topic_id
    response.int16(code)
    if (apiVersion >= 5) response.nullableString(message)
  })
  return undefined
}

function readName(request: RequestReader): string | null {
  const name = request.nullableString()
  request.skipUuid() // topic_id
  return name
}
