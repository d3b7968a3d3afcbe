import { type Handler, outcomeOf } from './handler.ts'

/** Adds partitions to topics (KIP-195). Keys are spread over the new number from then on; what is written stays. */
export const createPartitions: Handler = (request, response, { broker }) => {
  const topics = request.array(() => ({
    name: request.string(),
    count: request.int32(),
    assignments: request.nullableArray(() => request.array(() => request.int32())),
  }))
  request.int32() // timeout_ms: done before the answer
  const validateOnly = request.boolean()

  response.int32(0) // throttle_time_ms
  response.array(topics, ({ name, count }) => {
    const { code, message } = outcomeOf(() => {
      if (validateOnly) broker.topics.checkGrow(name, count)
      else broker.topics.grow(name, count)
    })
    response.string(name).int16(code).nullableString(message)
  })
  return undefined
}
