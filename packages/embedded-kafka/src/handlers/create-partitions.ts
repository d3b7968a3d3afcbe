import { ErrorCode, KafkaError } from '../protocol/errors.ts'
import { NODE_ID } from '../services.ts'
import { type Handler, outcomeOf } from './handler.ts'

/** Adds partitions to topics (KIP-195). Keys are spread over the new number from then on; what is written stays. */
export const createPartitions: Handler = (request, response, { broker }) => {
  const topics = request.array(() => ({
    name: request.string(),
    count: request.int32(),
    assignments: request.nullableArray(() => request.list(() => request.int32())),
  }))
  request.int32() // timeout_ms: done before the answer
  const validateOnly = request.boolean()

  response.int32(0) // throttle_time_ms
  response.array(topics, ({ name, count, assignments }) => {
    const { code, message } = outcomeOf(() => {
      const { partitions } = broker.topics.checkGrow(name, count)
      if (assignments !== null) checkAssignments(assignments, count - partitions.length)
      if (!validateOnly) broker.topics.grow(name, count)
    })
    response.string(name).int16(code).nullableString(message)
  })
  return undefined
}

/** A client may say which brokers get each new partition; here that can only be the one. */
function checkAssignments(assignments: readonly (readonly number[])[], added: number): void {
  const possible = assignments.every((replicas) => replicas.length === 1 && replicas[0] === NODE_ID)
  if (possible && assignments.length === added) return
  throw new KafkaError(
    ErrorCode.INVALID_REPLICA_ASSIGNMENT,
    `${added} new partition(s) need one replica each, on broker ${NODE_ID}`,
  )
}
