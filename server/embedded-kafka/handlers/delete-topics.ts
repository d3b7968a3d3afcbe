import { type Handler, outcomeOf } from './handler.ts'

/** Deletes topics, with their records and with what groups have committed for them. */
export const deleteTopics: Handler = (request, response, { apiVersion, broker }) => {
  const names = request.array(() => request.string())
  request.int32() // timeout_ms: done before the answer
  if (apiVersion >= 1) response.int32(0) // throttle_time_ms
  response.array(names, (name) => {
    const { code } = outcomeOf(() => {
      broker.topics.delete(name)
      broker.groups.offsets.deleteTopic(name)
    })
    response.string(name).int16(code)
  })
  return undefined
}
